package org.decantry.text

/** White space, line ends and character classes as Python defines them, because the peer's rules use Python's. */
object PythonText {

  /** `str.isspace`, which is also the white space of `str.strip` and `str.split`. */
  def isSpace(codePoint: Int): Boolean =
    if (codePoint < 0x80) (codePoint >= 9 && codePoint <= 13) || (codePoint >= 28 && codePoint <= 32)
    else
      codePoint match {
        case 0x85 | 0xa0 | 0x1680 | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => true
        case _ => codePoint >= 0x2000 && codePoint <= 0x200a
      }

  /** The line ends of `str.splitlines`; `\r\n` is one line end. */
  def isLineEnd(char: Char): Boolean =
    (char >= 10 && char <= 13) || (char >= 28 && char <= 30) || char == 0x85 || char == 0x2028 || char == 0x2029

  /** The first index from `from` on that is not white space; `until` if there is none. */
  def skipSpace(text: Array[Char], from: Int, until: Int): Int = {
    var i = from
    while (i < until && isSpace(text(i))) i += 1
    i
  }

  /** The end of the range without trailing white space; `from` if it has nothing else. */
  def trimEnd(text: Array[Char], from: Int, until: Int): Int = {
    var i = until
    while (i > from && isSpace(text(i - 1))) i -= 1
    i
  }

  def skipSpace(text: CharSequence, from: Int, until: Int): Int = {
    var i = from
    while (i < until && isSpace(text.charAt(i))) i += 1
    i
  }

  /** The end of the range without trailing white space; `from` if it has nothing else. */
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

  /** The end of the line that starts at `from`, as in `str.splitlines`. */
  def lineEnd(chars: Array[Char], from: Int, until: Int): Int = {
    var i = from
    while (i < until && !isLineEnd(chars(i))) i += 1
    i
  }

  /** The start of the line after the one that ends at `end`, as in `str.splitlines`. */
  def nextLine(chars: Array[Char], end: Int, until: Int): Int =
    if (end + 1 < until && chars(end) == '\r' && chars(end + 1) == '\n') end + 2 else end + 1

  /** `str.isalpha` of one character: the letters Lm, Lt, Lu, Ll and Lo of Unicode 14. */
  def isAlpha(codePoint: Int): Boolean =
    if (codePoint < 0x80) (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= 'A' && codePoint <= 'Z')
    else com.ibm.icu.lang.UCharacter.isLetter(codePoint) && Unicode14.isAssigned(codePoint)

  /** Python's `\d`: the decimal digits of any script in Unicode 14. */
  def isDigit(codePoint: Int): Boolean =
    if (codePoint < 0x80) codePoint >= '0' && codePoint <= '9'
    else com.ibm.icu.lang.UCharacter.isDigit(codePoint) && Unicode14.isAssigned(codePoint)

  /** `len`: code points. */
  def length(text: String): Int = text.codePointCount(0, text.length)
}
