package org.decantry.text

/** Whether a line has at least three words, and none longer than 1,000 code points.
  *
  * Source: arXiv:1910.10683, 2.2, as datatrove 0.10.1 applies it (pipeline/filters/c4_filters.py).
  */
private[text] trait LineWords {

  /** Lines are asked for from the first to the last, each as a range of the text. */
  def suffice(from: Int, until: Int): Boolean
}

private[text] object LineWords {
  private val Longest = 1000
  private val Fewest = 3

  /** A line's words: between its white space, or, in languages without spaces between words, those of `Words` that are not
    * punctuation.
    */
  def apply(text: String, language: String): LineWords =
    if (Languages.cutting(language, text).spaced) new Spaced(text.toCharArray) else new Found(text, language)

  private final class Spaced(chars: Array[Char]) extends LineWords {
    def suffice(from: Int, until: Int): Boolean = {
      var words = 0
      var i = from
      while (i < until) {
        val start = i
        while (i < until && !PythonText.isSpace(chars(i))) i += 1
        if (isLong(chars, start, i)) return false
        if (i > start) words += 1
        i += 1
      }
      words >= Fewest
    }
  }

  private final class Found(text: String, language: String) extends LineWords {
    private val tokens = SharedTokens.of(text, language)
    private var next = 0

    def suffice(from: Int, until: Int): Boolean = {
      while (next < tokens.length && tokens.start(next) < from) next += 1
      var words = 0
      while (next < tokens.length && tokens.start(next) < until) {
        val (start, end) = (tokens.start(next), tokens.end(next))
        if (isLong(tokens.chars, start, end)) return false
        if ((WordChars.kinds(tokens.chars, start, end) & WordChars.NoPunctuation) != 0) words += 1
        next += 1
      }
      words >= Fewest
    }
  }

  private def isLong(chars: Array[Char], from: Int, until: Int): Boolean =
    until - from > Longest && Character.codePointCount(chars, from, until - from) > Longest
}
