package org.decantry.text

/** The words that `decantry train fasttext` trains on, as `jobs/models/words.py` computes them.
  *
  * Letters are in lower case, each digit is 0, each mark is a word, and each line ends with a word for its kind.
  */
object ModelWords {
  private val MostCharacters = 20000
  private val Short = 6
  private val Middling = 20
  private val Ends = ".!?:;\"'”’"

  def of(text: String): String = {
    val lowered = lower(text.substring(0, text.offsetByCodePoints(0, math.min(MostCharacters, PythonText.length(text)))))
    val out = new java.lang.StringBuilder(lowered.length + lowered.length / 4)
    var from = 0
    while (from <= lowered.length) {
      val end = lowered.indexOf('\n', from) match { case -1 => lowered.length; case at => at }
      line(lowered, from, end, out)
      from = end + 1
    }
    out.toString
  }

  /** `str.lower`, after each digit is replaced by 0 and each NUL by a space. */
  private def lower(text: String): String = {
    val out = new java.lang.StringBuilder(text.length)
    var at = 0
    while (at < text.length) {
      val point = text.codePointAt(at)
      if (point == 0) out.append(' ')
      else if (point == 0x130) out.append("i\u0307")
      else if (point == 0x3a3) out.append(if (Normalize.isFinal(text, at)) 'ς' else 'σ')
      else if (PythonText.isDigit(point)) out.append('0')
      else out.appendCodePoint(Unicode14.lower(point))
      at += Character.charCount(point)
    }
    out.toString
  }

  private def line(text: String, from: Int, until: Int, out: java.lang.StringBuilder): Unit = {
    var count = 0
    var last = -1
    var inWord = false
    var at = from
    while (at < until) {
      val point = text.codePointAt(at)
      val width = Character.charCount(point)
      if (PythonText.isSpace(point)) inWord = false
      else {
        val letter = point != '_' && Unicode14.isWord(point)
        if (!letter || !inWord) {
          if (out.length > 0) out.append(' ')
          count += 1
        }
        out.append(text, at, at + width)
        inWord = letter
        last = point
      }
      at += width
    }
    if (count > 0) {
      out.append(if (Ends.indexOf(last) >= 0) " ¶." else " ¶-")
      out.append(if (count <= Short) 's' else if (count <= Middling) 'm' else 'l')
    }
  }
}
