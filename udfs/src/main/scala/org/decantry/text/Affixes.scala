package org.decantry.text

import org.decantry.text.CharClasses._

/** The prefixes, suffixes and infixes at which words are cut. Every function works on the units from `from` to
  * before `until` and ignores all others. Lengths are UTF-16 units.
  * Source of the rules: spaCy 3.8 `lang/punctuation.py` and `lang/en/punctuation.py`.
  *
  * @param rules the rules of the language, where languages differ
  */
private[text] final class Affixes(rules: AffixRules) {
  private val units = {
    val signs = CharClasses.points(Marks.Currencies).map(_.toChar.toString)
    new SpecialCases((Marks.Units ++ signs).toSeq.map(Array(_)))
  }

  /** The length of the prefix, or 0. */
  def prefix(chars: Array[Char], from: Int, until: Int): Int =
    if (from >= until) 0
    else
      chars(from) match {
        case '.' =>
          val run = dots(chars, from, until)
          if (run > 1) run else 0
        case '+' => if (from + 1 < until && isDigit(chars(from + 1))) 0 else 1
        case 'U' => if (from + 2 < until && chars(from + 1) == 'S' && chars(from + 2) == '$') 3 else 0
        case 'A' | 'C' => if (from + 1 < until && chars(from + 1) == '$') 2 else 0
        case unit if Character.isHighSurrogate(unit) =>
          if ((following(chars, from, until) & Prefix) != 0) 2 else 0
        case unit => if ((ofUnit(unit) & Prefix) != 0) 1 else 0
      }

  /** The length of the longest suffix that any rule matches, or 0. */
  def suffix(chars: Array[Char], from: Int, until: Int): Int =
    if (from >= until) 0
    else
      chars(until - 1) match {
        case '.' => fullStops(chars, from, until)
        case 's' | 'S' if rules.cutsGenitive && until - 2 >= from && isApostrophe(chars(until - 2)) => 2
        case '…' if until - 2 >= from && chars(until - 2) == '…' => 2
        case '+' => if (until - 2 >= from && isDigit(chars(until - 2))) 1 else 0
        case last =>
          val unit = measure(chars, from, until)
          if (unit > 0) unit
          else if ((preceding(chars, until, from) & Suffix) == 0) 0
          else if (Character.isLowSurrogate(last)) 2
          else 1
      }

  /** The length of the infix that begins at `at`, or 0. */
  def infix(chars: Array[Char], at: Int, from: Int, until: Int): Int = {
    val unit = chars(at)
    val bits = following(chars, at, until)
    if ((bits & Infix) == 0) 0
    else if ((bits & Icon) != 0) if (Character.isHighSurrogate(unit)) 2 else 1
    else
      unit match {
        case '…' => 1
        case '.' =>
          val run = dots(chars, at, until)
          if (run > 1) run
          else if (between(chars, at, 1, from, until, Lower | Quote, Upper | Quote)) 1
          else 0
        case ',' => if (between(chars, at, 1, from, until, Alpha, Alpha)) 1 else 0
        case ':' | '<' | '>' | '=' | '/' | '–' | '~' =>
          if (between(chars, at, 1, from, until, Alpha | Digit, Alpha)) 1 else 0
        case '+' | '*' | '^' => if (isArithmetic(chars, at, from, until)) 1 else 0
        case '-' => if (rules.cutsRanges && isArithmetic(chars, at, from, until)) 1 else hyphens(chars, at, from, until, 3)
        case '—' => hyphens(chars, at, from, until, 2)
        case _ => 0
      }
  }

  /** Whether an elided word ends before `at`: a letter and an apostrophe stand there, and a letter follows. */
  def elides(chars: Array[Char], at: Int, from: Int, until: Int): Boolean =
    rules.cutsElisions && at - 1 > from && isApostrophe(chars(at - 1)) && (preceding(chars, at - 1, from) & Alpha) != 0 &&
      (following(chars, at, until) & Alpha) != 0

  private def isDigit(unit: Char): Boolean = unit >= '0' && unit <= '9'

  private def isApostrophe(unit: Char): Boolean = unit == '\'' || unit == '’'

  /** The number of consecutive full stops from `at` on. */
  private def dots(chars: Array[Char], at: Int, until: Int): Int = {
    var i = at
    while (i < until && chars(i) == '.') i += 1
    i - at
  }

  /** The number of full stops to cut off the end. Several are cut off together. A single one is cut off after characters
    * that commonly end a sentence, but not after a single capital letter (an initial).
    */
  private def fullStops(chars: Array[Char], from: Int, until: Int): Int = {
    var first = until - 1
    while (first > from && chars(first - 1) == '.') first -= 1
    if (until - first > 1) until - first
    else if (first == from) 0
    else {
      val bits = preceding(chars, first, from)
      def before = if (Character.isLowSurrogate(chars(first - 1))) first - 2 else first - 1
      if ((bits & BeforeStop) != 0) if (rules.cutsOrdinals || (bits & Digit) == 0) 1 else 0
      else if ((bits & Upper) != 0 && (preceding(chars, before, from) & Upper) != 0) 1
      else if ("FCK".indexOf(chars(first - 1)) >= 0 && first - 2 >= from && chars(first - 2) == '°') 1
      else 0
    }
  }

  /** The length of the unit or currency at the end, if a digit precedes it; else 0. */
  private def measure(chars: Array[Char], from: Int, until: Int): Int = {
    val least = math.max(from, until - 1 - units.longest)
    var digit = until - 1
    while (digit >= least && !isDigit(chars(digit))) digit -= 1
    if (digit < least || digit == until - 1) 0
    else if (units.find(chars, digit + 1, until) >= 0) until - 1 - digit
    else 0
  }

  private def between(
      chars: Array[Char], at: Int, length: Int, from: Int, until: Int, before: Int, after: Int
  ): Boolean =
    (preceding(chars, at, from) & before) != 0 && (following(chars, at + length, until) & after) != 0

  private def isArithmetic(chars: Array[Char], at: Int, from: Int, until: Int): Boolean =
    at > from && isDigit(chars(at - 1)) && at + 1 < until && (isDigit(chars(at + 1)) || chars(at + 1) == '-')

  /** The length of one to `most` equal hyphens between a letter or digit and a letter; else 0. */
  private def hyphens(chars: Array[Char], at: Int, from: Int, until: Int, most: Int): Int = {
    var length = 1
    while (length < most && at + length < until && chars(at + length) == chars(at)) length += 1
    val whole = !rules.cutsHyphens && length == 1 && chars(at) == '-'
    if (!whole && between(chars, at, length, from, until, Alpha | Digit, Alpha)) length else 0
  }
}
