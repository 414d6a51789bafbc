package org.decantry.text

/** The characters that make a token a word: letters by Python's `str.isalpha`, and all that are not punctuation. */
private[text] object WordChars {
  final val Letter = 1
  final val NoPunctuation = 2
  private final val All = Letter | NoPunctuation

  private val table: Array[Byte] = Array.tabulate(0x10000)(look)

  private def look(point: Int): Byte =
    ((if (PythonText.isAlpha(point)) Letter else 0) |
      (if (Punctuation.isPunctuation(point)) 0 else NoPunctuation)).toByte

  /** The kinds of characters in the range, as bits. */
  def kinds(chars: Array[Char], from: Int, until: Int): Int = {
    var found = 0
    var i = from
    while (i < until && found != All) {
      val unit = chars(i)
      if (Character.isHighSurrogate(unit)) {
        found |= look(Character.codePointAt(chars, i, until))
        i += 2
      } else {
        found |= table(unit)
        i += 1
      }
    }
    found
  }
}
