package org.decantry.text

/** Cuts the ASCII in ICU's Japanese words into letters, numbers and marks. A number has its decimals and thousands, but a
  * version such as `1.5.2` is cut at its dots. Hyphens in a row are one token, as are three dots; other marks are alone.
  * Source: what SudachiPy 0.7 with the core dictionary 20261015 does, which spaCy uses.
  */
private[text] object JapanesePieces {

  /** Adds the word or mark that ICU found from `from` to before `until`, whole or in pieces. */
  def add(tokens: Tokens, from: Int, until: Int): Unit = {
    val chars = tokens.chars
    if (!AsciiPieces.isAscii(chars, from, until)) tokens.add(from, until)
    else {
      var at = math.max(from, lastEnd(tokens)) // dots that follow are tokens already
      while (at < until) {
        val end = afterPiece(tokens, at, until)
        if (chars(at) == '-' && continues(tokens, at)) tokens.extend(end) else tokens.add(at, end)
        at = end
      }
    }
  }

  private def afterPiece(tokens: Tokens, from: Int, until: Int): Int = {
    val chars = tokens.chars
    if (isDigit(chars(from))) afterNumber(chars, from, until, tokens.charCount)
    else if (AsciiAlphanumeric(chars(from))) {
      var at = from
      while (at < until && AsciiAlphanumeric(chars(at)) && !isDigit(chars(at))) at += 1
      at
    } else if (isDot(chars, from, tokens.charCount) && isDot(chars, from + 1, tokens.charCount) &&
      isDot(chars, from + 2, tokens.charCount)) from + 3
    else from + 1
  }

  private def afterNumber(chars: Array[Char], from: Int, until: Int, size: Int): Int = {
    val whole = afterDigits(chars, from, until)
    var end = whole
    if (end - from <= 3)
      while (end < until && chars(end) == ',' && afterDigits(chars, end + 1, until) == end + 4) end += 4
    val decimals = if (end < until && chars(end) == '.') afterDigits(chars, end + 1, until) else end
    val inVersion = from > 1 && chars(from - 1) == '.' && isDigit(chars(from - 2))
    if (inVersion || (decimals > end + 1 && isDot(chars, decimals, size))) whole
    else if (decimals > end + 1) decimals
    else end
  }

  private def afterDigits(chars: Array[Char], from: Int, until: Int): Int = {
    var at = from
    while (at < until && isDigit(chars(at))) at += 1
    at
  }

  private def lastEnd(tokens: Tokens): Int = if (tokens.length == 0) 0 else tokens.end(tokens.length - 1)

  private def continues(tokens: Tokens, at: Int): Boolean =
    tokens.length > 0 && lastEnd(tokens) == at && tokens.chars(at - 1) == '-'

  private def isDot(chars: Array[Char], at: Int, size: Int): Boolean = at < size && chars(at) == '.'

  private def isDigit(unit: Char): Boolean = unit >= '0' && unit <= '9'
}
