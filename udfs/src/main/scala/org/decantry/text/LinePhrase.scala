package org.decantry.text

/** Cuts a phrase out of short lines, with the white space beside it. Case is ignored as Python's `re.IGNORECASE` does.
  *
  * Source: mlfoundations/dclm baselines/mappers/modifiers.py, substring_line_modifier with remove_substring_only. The
  * phrase is a regular expression there, so a full stop matches any character.
  */
private[text] final class LinePhrase(phrase: String, place: LinePhrase.Place) {

  /** The line without the phrase; the line itself if it lacks the phrase; null if only white space is left of a line that
    * was not empty. */
  def cut(line: String): String = {
    val cut = place match {
      case LinePhrase.Prefix =>
        val end = matchesAt(line, 0)
        if (end < 0) line
        else line.substring(if (end < line.length && PythonText.isSpace(line.charAt(end))) end + 1 else end)
      case LinePhrase.Suffix =>
        val start = suffixStart(line)
        if (start < 0) line else line.substring(0, before(line, start, 0))
      case LinePhrase.Anywhere => everywhere(line)
    }
    if (line.nonEmpty && PythonText.skipSpace(cut, 0, cut.length) == cut.length) null else cut
  }

  private def everywhere(line: String): String = {
    var kept: java.lang.StringBuilder = null
    var last, at = 0
    while (at < line.length) {
      val end = matchesAt(line, at)
      if (end < 0) at += 1
      else {
        if (kept == null) kept = new java.lang.StringBuilder(line.length)
        kept.append(line, last, before(line, at, last))
        last = end
        at = end
      }
    }
    if (kept == null) line else kept.append(line, last, line.length).toString
  }

  /** The start of a match that includes the white space before `at`. */
  private def before(line: String, at: Int, from: Int): Int =
    if (at > from && PythonText.isSpace(line.charAt(at - 1))) at - 1 else at

  private val points = phrase.codePointCount(0, phrase.length)

  private def suffixStart(line: String): Int =
    if (line.codePointCount(0, line.length) < points) -1
    else {
      val start = line.offsetByCodePoints(line.length, -points)
      if (matchesAt(line, start) == line.length) start else -1
    }

  /** The end of the phrase in the line, if it stands at `at`; else -1. */
  private def matchesAt(line: String, at: Int): Int = {
    var i = at
    var k = 0
    while (k < phrase.length && i < line.length) {
      val wanted = phrase.charAt(k)
      if (wanted == '.') i += Character.charCount(line.codePointAt(i))
      else if (LinePhrase.fold(line.charAt(i)) == wanted) i += 1
      else return -1
      k += 1
    }
    if (k == phrase.length) i else -1
  }
}

private[text] object LinePhrase {
  sealed trait Place
  case object Prefix extends Place
  case object Suffix extends Place
  case object Anywhere extends Place

  /** The ASCII letter that `re.IGNORECASE` takes the unit for, in lower case; the unit itself if there is none. */
  def fold(unit: Char): Char =
    if (unit >= 'A' && unit <= 'Z') (unit + 32).toChar
    else
      unit match {
        case '\u0130' | '\u0131' => 'i'
        case '\u017f' => 's'
        case '\u212a' => 'k'
        case _ => unit
      }
}
