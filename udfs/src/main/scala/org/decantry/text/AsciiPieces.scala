package org.decantry.text

/** Cuts the ASCII in ICU's words at its marks, as segmenters of languages without spaces do: `a.b_c`. A number with one
  * decimal point and a per cent sign is whole, and equal marks in a row are one. Source: jieba 0.42
  * `finalseg/__init__.py` (`re_skip`).
  */
private[text] object AsciiPieces {

  /** Adds the word or mark that ICU found from `from` to before `until`, whole or in pieces. */
  def add(tokens: Tokens, from: Int, until: Int): Unit = {
    val chars = tokens.chars
    if (!isAscii(chars, from, until)) tokens.add(from, until)
    else {
      var at = from
      while (at < until) {
        val end = if (AsciiAlphanumeric(chars(at))) afterWord(chars, at, until) else at + 1
        if (joins(tokens, at)) tokens.extend(end) else tokens.add(at, end)
        at = end
      }
    }
  }

  /** Whether the range is of ASCII alone. */
  def isAscii(chars: Array[Char], from: Int, until: Int): Boolean = {
    var i = from
    while (i < until && chars(i) < 0x80) i += 1
    i == until
  }

  private def afterWord(chars: Array[Char], from: Int, until: Int): Int = {
    var at = from
    while (at < until && AsciiAlphanumeric(chars(at))) at += 1
    if (at + 1 < until && chars(at) == '.' && isDigit(chars(at + 1))) {
      at += 1
      while (at < until && isDigit(chars(at))) at += 1
    }
    at
  }

  /** Whether the mark at `at` belongs to the token that ends just before it. */
  private def joins(tokens: Tokens, at: Int): Boolean = {
    val last = tokens.length - 1
    val mark = tokens.chars(at)
    last >= 0 && tokens.end(last) == at && !AsciiAlphanumeric(mark) && {
      mark == tokens.chars(tokens.start(last)) ||
      (mark == '%' && isDigit(tokens.chars(at - 1)))
    }
  }

  private def isDigit(unit: Char): Boolean = unit >= '0' && unit <= '9'
}
