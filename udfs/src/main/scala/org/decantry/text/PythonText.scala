package org.decantry.text

/** Python's idea of white space and of line ends, where the JVM's differs; the peer's rules are written in it. */
object PythonText {

  /** What `str.isspace` holds for, and so what `str.strip` and `str.split` take as white space. */
  def isSpace(codePoint: Int): Boolean =
    if (codePoint < 0x80) (codePoint >= 9 && codePoint <= 13) || (codePoint >= 28 && codePoint <= 32)
    else
      codePoint match {
        case 0x85 | 0xa0 | 0x1680 | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => true
        case _ => codePoint >= 0x2000 && codePoint <= 0x200a
      }

  /** What `str.splitlines` takes as a line's end; `\r\n` is one. */
  def isLineEnd(char: Char): Boolean =
    (char >= 10 && char <= 13) || (char >= 28 && char <= 30) || char == 0x85 || char == 0x2028 || char == 0x2029

  /** The first position from `from` that is not white space, `until` when there is none. */
  def skipSpace(text: CharSequence, from: Int, until: Int): Int = {
    var i = from
    while (i < until && isSpace(text.charAt(i))) i += 1
    i
  }

  /** The end of what is left when white space before `until` is taken off, `from` when nothing is. */
  def trimEnd(text: CharSequence, from: Int, until: Int): Int = {
    var i = until
    while (i > from && isSpace(text.charAt(i - 1))) i -= 1
    i
  }

  /** `str.strip`. */
  def strip(text: String): String = {
    val start = skipSpace(text, 0, text.length)
    text.substring(start, trimEnd(text, start, text.length))
  }

  /** `str.splitlines`: no empty line after a last line end. */
  def splitLines(text: String): Array[String] = {
    val lines = Array.newBuilder[String]
    var start = 0
    var i = 0
    while (i < text.length) {
      if (isLineEnd(text.charAt(i))) {
        lines += text.substring(start, i)
        if (text.charAt(i) == '\r' && i + 1 < text.length && text.charAt(i + 1) == '\n') i += 1
        start = i + 1
      }
      i += 1
    }
    if (start < text.length) lines += text.substring(start)
    lines.result()
  }

  /** `str.isalpha` of one character: the letters Lm, Lt, Lu, Ll and Lo. */
  def isAlpha(codePoint: Int): Boolean =
    if (codePoint < 0x80) (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= 'A' && codePoint <= 'Z')
    else com.ibm.icu.lang.UCharacter.isLetter(codePoint)

  /** `len`: code points. */
  def length(text: String): Int = text.codePointCount(0, text.length)
}
