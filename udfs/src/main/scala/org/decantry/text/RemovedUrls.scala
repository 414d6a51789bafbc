package org.decantry.text

import java.nio.charset.StandardCharsets.UTF_8

/** Removes addresses of pages and hosts from a text, and all but one of several consecutive empty lines.
  *
  * Source: mlfoundations/dclm baselines/mappers/modifiers.py, url_removal_modifier and newline_removal_modifier. As there,
  * host names are searched for only in a text that begins with the letters of a top-level domain, in upper or lower case,
  * as `The` begins with `th`. A name ends with a top-level domain in lower case. IPv4 addresses are searched for in every
  * text. Up to ten characters of white space before an address are removed with it.
  */
object RemovedUrls {
  private val LongestName = 256
  private val MostSpace = 10
  private val MostBreaks = 2

  /** Names of top-level domains that are or were delegated. Source: IANA's root zone database, as DCLM lists it. */
  private lazy val topLevel: java.util.Set[String] = {
    val stream = getClass.getResourceAsStream("/org/decantry/text/top-level-domains.txt")
    try {
      val names = new String(stream.readAllBytes(), UTF_8).split("\\s+").filter(_.nonEmpty)
      new java.util.HashSet[String](java.util.Arrays.asList(names: _*))
    } finally stream.close()
  }
  private lazy val longestTopLevel: Int = topLevel.stream.mapToInt(_.length).max.getAsInt

  def edit(text: String): String = {
    val named = if (beginsWithTopLevel(text)) withoutNames(text) else text
    fewerBreaks(withoutAddresses(named))
  }

  private def beginsWithTopLevel(text: String): Boolean = {
    val start = text.substring(0, math.min(text.length, longestTopLevel)).map(lower(_))
    (1 to start.length).exists(n => topLevel.contains(start.substring(0, n)))
  }

  private def lower(unit: Char): Char = {
    val folded = LinePhrase.fold(unit)
    if (unit < 128 || folded != unit) folded else Character.toLowerCase(unit)
  }

  /** The text without host names, and without their schemes and paths. The name begins before the first dot that a top-level
    * domain follows, and ends after the last such domain.
    */
  private def withoutNames(text: String): String = {
    val kept = new java.lang.StringBuilder(text.length)
    var last = 0
    var dot = text.indexOf('.')
    while (dot >= 0) {
      val start = if (topLevelEnd(text, dot + 1) >= 0) nameStart(text, dot, last) else dot
      if (start < dot) {
        kept.append(text, last, withSpace(text, withScheme(text, start, last), last))
        last = tailEnd(text, nameEnd(text, start, dot))
        dot = text.indexOf('.', last)
      } else dot = text.indexOf('.', dot + 1)
    }
    if (last == 0) text else kept.append(text, last, text.length).toString
  }

  /** The end of the top-level domain that stands at `at` and ends at the edge of a word; -1 if there is none. */
  private def topLevelEnd(text: String, at: Int): Int = {
    val most = math.min(text.length, at + longestTopLevel)
    var end = at + 1
    while (end <= most && !(isEdge(text, end) && topLevel.contains(text.substring(at, end)))) end += 1
    if (end <= most) end else -1
  }

  /** The end of the name's last top-level domain; `first` is the dot before its first one. */
  private def nameEnd(text: String, start: Int, first: Int): Int = {
    var end = topLevelEnd(text, first + 1)
    var at = first + 1
    while (at < text.length && at - start <= LongestName && inName(text.charAt(at))) {
      if (text.charAt(at) == '.') end = math.max(end, topLevelEnd(text, at + 1))
      at += 1
    }
    end
  }

  /** Python's `\b`: whether exactly one of the two characters beside the position is a word character. */
  private def isEdge(text: String, at: Int): Boolean =
    Unicode14.isWord(text.codePointBefore(at)) != (at < text.length && Unicode14.isWord(text.codePointAt(at)))

  private def inName(unit: Char): Boolean = AsciiAlphanumeric(unit) || "-@:%._+~#=".indexOf(unit.toInt) >= 0

  private def inTail(unit: Char): Boolean = AsciiAlphanumeric(unit) || "-()@:%_+.~#?&/=".indexOf(unit.toInt) >= 0

  private def nameStart(text: String, dot: Int, from: Int): Int = {
    var start = dot
    while (start > from && dot - start < LongestName && inName(text.charAt(start - 1))) start -= 1
    start
  }

  private def tailEnd(text: String, from: Int): Int = {
    var end = from
    while (end < text.length && inTail(text.charAt(end))) end += 1
    end
  }

  /** The start of the scheme before the name, if there is one; else the start of the name. */
  private def withScheme(text: String, start: Int, from: Int): Int =
    Seq("https://", "http://", "ftp://").collectFirst {
      case scheme if start - scheme.length >= from && text.startsWith(scheme, start - scheme.length) =>
        start - scheme.length
    }.getOrElse(start)

  private def withSpace(text: String, start: Int, from: Int): Int = {
    var first = start
    while (first > from && start - first < MostSpace && PythonText.isSpace(text.charAt(first - 1))) first -= 1
    first
  }

  private def withoutAddresses(text: String): String = {
    val kept = new java.lang.StringBuilder(text.length)
    var last, at = 0
    while (at < text.length) {
      val digits = isDigit(text, at) && edge(text, at)
      val end = if (digits) addressEnd(text, at) else -1
      if (end < 0) at += 1
      else {
        val scheme = withScheme(text, at, last)
        val start = if (scheme < at && edge(text, scheme)) scheme else at
        kept.append(text, last, withSpace(text, start, last))
        last = tailEnd(text, end)
        at = last
      }
    }
    if (last == 0) text else kept.append(text, last, text.length).toString
  }

  private def isDigit(text: String, at: Int): Boolean = at < text.length && text.charAt(at) >= '0' && text.charAt(at) <= '9'

  /** Whether a word begins at `at`, where a word character stands. */
  private def edge(text: String, at: Int): Boolean = at == 0 || !Unicode14.isWord(text.codePointBefore(at))

  /** The end of four numbers with dots between them: each one of one or two digits, or of three that begin with 0 to 2. */
  private def addressEnd(text: String, from: Int): Int = {
    var at = from
    var number = 1
    while (number < 4) {
      val start = at
      while (at - start < 3 && isDigit(text, at)) at += 1
      if (at == start || (at - start == 3 && text.charAt(start) > '2') || at == text.length || text.charAt(at) != '.') return -1
      at += 1
      number += 1
    }
    if (isDigit(text, at)) at + 1 else -1
  }

  private def fewerBreaks(text: String): String = {
    val kept = new java.lang.StringBuilder(text.length)
    var run = 0
    var i = 0
    while (i < text.length) {
      run = if (text.charAt(i) == '\n') run + 1 else 0
      if (run <= MostBreaks) kept.append(text.charAt(i))
      i += 1
    }
    kept.toString
  }
}
