package org.decantry.text

import com.ibm.icu.lang.{UCharacter, UProperty}
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory

/** Whether a complete word is a web or mail address, which is not cut at infixes. An address is
  * `[scheme://] [anything@] host [:port] [path]`, where `host` is a public IPv4 address or a domain name whose last
  * label is lower-case letters. The parts are found by their delimiters, without backtracking, in linear time.
  * Source of the rule: spaCy 3.8 `lang/tokenizer_exceptions.py` (URL_PATTERN, after Diego Perini's).
  */
private[text] object WebAddresses {

  /** Whether the units from `from` to before `until`, which have no space, are an address. */
  def matches(chars: Array[Char], from: Int, until: Int): Boolean =
    contains(chars, from, until, '.') && {
      hostAt(chars, from, until) || {
        val afterScheme = schemeEnd(chars, from, until)
        (afterScheme > from && hostAt(chars, afterScheme, until)) || hostAfterAt(chars, from, until)
      }
    }

  private def contains(chars: Array[Char], from: Int, until: Int, unit: Char): Boolean = {
    var i = from
    while (i < until && chars(i) != unit) i += 1
    i < until
  }

  /** The start of the host if the word starts with a scheme; else -1. */
  private def schemeEnd(chars: Array[Char], from: Int, until: Int): Int = {
    var i = from
    var length = 0
    var open = true
    while (open && i < until) {
      val point = Character.codePointAt(chars, i, until)
      open = point == '+' || point == '-' || point == '.' || isWordCharacter(point)
      if (open) {
        length += 1
        i += Character.charCount(point)
      }
    }
    if (length >= 2 && i + 2 < until && chars(i) == ':' && chars(i + 1) == '/' && chars(i + 2) == '/') i + 3 else -1
  }

  /** Whether a host begins after an `@`. A host has no `@`, so each attempt ends before the next `@`. */
  private def hostAfterAt(chars: Array[Char], from: Int, until: Int): Boolean = {
    var i = from + 1
    while (i < until) {
      if (chars(i) == '@' && hostAt(chars, i + 1, until)) return true
      i += 1
    }
    false
  }

  /** Whether the rest from `from` on is a host, an optional port and an optional path. */
  private def hostAt(chars: Array[Char], from: Int, until: Int): Boolean = {
    val end = domainEnd(chars, from, until)
    if (end >= 0) portAndPath(chars, end, until)
    else {
      val after = InternetAddresses.end(chars, from, until)
      after >= 0 && portAndPath(chars, after, until)
    }
  }

  /** The end of the domain name that begins at `from` (at a delimiter or `until`); -1 if there is none. */
  private def domainEnd(chars: Array[Char], from: Int, until: Int): Int = {
    var i = from
    var part = from
    var parts = 0
    while (i < until && !isDelimiter(chars(i))) {
      if (chars(i) == '.') {
        if (!isLabel(chars, part, i)) return -1
        parts += 1
        part = i + 1
      } else if (chars(i) < 0xa1 && !isAsciiLabel(chars(i))) return -1
      i += 1
    }
    if (parts > 0 && isTopLevel(chars, part, i)) i else -1
  }

  private def isDelimiter(unit: Char): Boolean = unit == ':' || unit == '/' || unit == '?' || unit == '#'

  private def isAsciiLabel(unit: Char): Boolean = isLabelEnd(unit) || unit == '-' || unit == '_'

  private def isLabelEnd(unit: Char): Boolean =
    (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9') ||
      (unit >= 0xa1 && !Character.isSurrogate(unit))

  private def isLabel(chars: Array[Char], from: Int, until: Int): Boolean = {
    val length = until - from
    if (length < 1 || length > 64 || !isLabelEnd(chars(from)) || !isLabelEnd(chars(until - 1))) false
    else {
      var i = from
      while (i < until && (isLabelEnd(chars(i)) || chars(i) == '-' || chars(i) == '_')) i += 1
      i == until
    }
  }

  private def isTopLevel(chars: Array[Char], from: Int, until: Int): Boolean = {
    var i = from
    var points = 0
    while (i < until && (CharClasses.following(chars, i, until) & CharClasses.Lower) != 0) {
      points += 1
      i += (if (Character.isHighSurrogate(chars(i))) 2 else 1)
    }
    i == until && points >= 2 && points <= 63
  }

  private def portAndPath(chars: Array[Char], from: Int, until: Int): Boolean =
    if (from == until) true
    else if (chars(from) != ':') true
    else {
      var i = from + 1
      var digits = 0
      while (i < until && digits < 6 && UCharacter.isDigit(Character.codePointAt(chars, i, until))) {
        digits += 1
        i += Character.charCount(Character.codePointAt(chars, i, until))
      }
      digits >= 2 && digits <= 5 && (i == until || (isDelimiter(chars(i)) && chars(i) != ':'))
    }

  /** Python's `\w`: letters, characters with a numeric value, and the underscore. */
  private def isWordCharacter(point: Int): Boolean =
    if (point < 0x80) point == '_' || Character.isLetterOrDigit(point)
    else
      UCharacter.getType(point) match {
        case ECharacterCategory.UPPERCASE_LETTER | ECharacterCategory.LOWERCASE_LETTER |
            ECharacterCategory.TITLECASE_LETTER | ECharacterCategory.MODIFIER_LETTER |
            ECharacterCategory.OTHER_LETTER =>
          true
        case _ => UCharacter.getIntPropertyValue(point, UProperty.NUMERIC_TYPE) != 0
      }
}
