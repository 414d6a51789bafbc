package org.decantry.text

/** Cuts the ASCII in ICU's Japanese words into letters, numbers and marks. A number has its decimals and thousands, but a
  * version such as `1.5.2` is cut at its dots. Hyphens in a row are one token, as are three dots, `http://` and `www.`;
  * other marks are alone.
  *
  * Source: what SudachiPy 0.7 with the core dictionary 20261015 does, which spaCy uses.
  */
private[text] object JapanesePieces {

  /** Adds the word or mark that ICU found from `from` to before `until`, whole or in pieces. */
  def add(tokens: Tokens, from: Int, until: Int): Unit = {
    val chars = tokens.chars
    var at = math.max(from, lastEnd(tokens)) // the last token may reach beyond its own word
    if (AsciiPieces.isAscii(chars, from, until))
      while (at < until) {
        val end = afterPiece(tokens, at, until)
        if (chars(at) == '-' && continues(tokens, at)) tokens.extend(end) else tokens.add(at, end)
        at = end
      }
    else if (at < until) tokens.add(at, until)
  }

  private def afterPiece(tokens: Tokens, from: Int, until: Int): Int = {
    val chars = tokens.chars
    val size = tokens.charCount
    if (isDigit(chars(from))) afterNumber(chars, from, until, size)
    else
      Listed.find(startsWith(chars, from, size, _)) match {
        case Some(listed) => from + listed.length
        case None => math.max(from + 1, afterLetters(chars, from, until))
      }
  }

  private val Listed = Seq("http://", "www.", "...")

  private def startsWith(chars: Array[Char], from: Int, size: Int, listed: String): Boolean =
    from + listed.length <= size &&
      listed.indices.forall(i => Character.toLowerCase(chars(from + i)) == listed.charAt(i))

  private def afterLetters(chars: Array[Char], from: Int, until: Int): Int = {
    var at = from
    while (at < until && AsciiAlphanumeric(chars(at)) && !isDigit(chars(at))) at += 1
    at
  }

  private def afterNumber(chars: Array[Char], from: Int, until: Int, size: Int): Int = {
    val whole = afterDigits(chars, from, until)
    var end = whole
    if (end - from <= 3)
      while (end < until && chars(end) == ',' && afterDigits(chars, end + 1, until) == end + 4) end += 4
    val decimals = if (end < until && chars(end) == '.') afterDigits(chars, end + 1, until) else end
    val inVersion = from > 1 && chars(from - 1) == '.' && isDigit(chars(from - 2))
    if (inVersion) whole
    else if (decimals > end + 1 && (decimals == size || chars(decimals) != '.')) decimals
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

  private def isDigit(unit: Char): Boolean = unit >= '0' && unit <= '9'
}
