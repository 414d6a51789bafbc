package org.decantry.text

/** Lines that count something, such as `3 likes` or `1.2K views`.
  *
  * Source: mlfoundations/dclm baselines/mappers/modifiers.py, counter_line_modifier: marks, a number with full stops and
  * commas, a K, M or B, white space, one of twelve words, marks. Case is ignored.
  */
private[text] object CounterLine {

  private val words: Array[String] =
    ("likes shares comments retweets reposts quotes bookmarks upvotes downvotes downloads views followers").split(' ')

  def is(chars: Array[Char], from: Int, until: Int): Boolean = {
    var at = skipMarks(chars, from, until)
    if (at == until || !PythonText.isDigit(Character.codePointAt(chars, at, until))) return false
    while (at < until && inNumber(chars, at, until)) at += Character.charCount(Character.codePointAt(chars, at, until))
    if (at < until && "kmb".indexOf(lower(chars(at)).toInt) >= 0) at += 1
    val space = at
    at = PythonText.skipSpace(chars, at, until)
    at > space && {
      val word = words.indexWhere(startsAt(_, chars, at, until))
      word >= 0 && skipMarks(chars, at + words(word).length, until) == until
    }
  }

  private def inNumber(chars: Array[Char], at: Int, until: Int): Boolean =
    chars(at) == ',' || chars(at) == '.' || PythonText.isDigit(Character.codePointAt(chars, at, until))

  private def skipMarks(chars: Array[Char], from: Int, until: Int): Int = {
    var at = from
    while (at < until && !Unicode14.isWord(Character.codePointAt(chars, at, until)))
      at += Character.charCount(Character.codePointAt(chars, at, until))
    at
  }

  private def startsAt(word: String, chars: Array[Char], at: Int, until: Int): Boolean = {
    var i = 0
    while (i < word.length && at + i < until && lower(chars(at + i)) == word.charAt(i)) i += 1
    i == word.length
  }

  /** Of characters that are not ASCII, only the Kelvin sign has an ASCII lower case. */
  private def lower(unit: Char): Char =
    if (unit >= 'A' && unit <= 'Z') (unit + 32).toChar else if (unit == '\u212a') 'k' else unit
}
