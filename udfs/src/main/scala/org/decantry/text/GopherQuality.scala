package org.decantry.text

/** Words, symbols, bullets, ellipses and stop words of a text.
  *
  * Source: arXiv:2112.11446, A.1.1, as datatrove 0.10.1 computes it (pipeline/filters/gopher_quality_filter.py): words
  * are all tokens, including punctuation, except in the number of words and their mean length.
  */
object GopherQuality {

  final case class Measurements(
      words: Int, // without punctuation tokens
      meanWordLength: Double, // in code points
      hashRatio: Double,
      ellipsisRatio: Double,
      bulletLineRatio: Double,
      ellipsisLineRatio: Double,
      alphaWordRatio: Double,
      stopWords: Int // distinct ones
  )

  /** All zeros for a text without words, except the measurements of lines.
    *
    * @param language whose words are counted: see `Words`
    */
  def measure(text: String, language: String, stopWords: StopWords = StopWords.gopher): Measurements = {
    val tokens = SharedTokens.of(text, language)
    val words = countWords(tokens, PythonText.length(text) < text.length)
    val symbols = countSymbols(tokens.chars, tokens.charCount)
    Measurements(
      words.real,
      share(words.letters, words.real),
      share(symbols.hashes, tokens.length),
      share(symbols.ellipses, tokens.length),
      share(symbols.bulletLines, symbols.lines),
      share(symbols.ellipsisLines, symbols.lines),
      share(words.alpha, tokens.length),
      stopWords.countIn(tokens)
    )
  }

  private def share(part: Long, whole: Int): Double = if (whole == 0) 0 else part.toDouble / whole

  /** @param real    the number of words that are not punctuation
    * @param letters the number of their code points
    */
  private final case class WordCounts(real: Int, letters: Long, alpha: Int)

  private def countWords(tokens: Tokens, pairs: Boolean): WordCounts = {
    val chars = tokens.chars
    var real, alpha = 0
    var letters = 0L
    var i = 0
    while (i < tokens.length) {
      val from = tokens.start(i)
      val until = tokens.end(i)
      val kinds = WordChars.kinds(chars, from, until)
      if ((kinds & WordChars.NoPunctuation) != 0) {
        real += 1
        letters += (if (pairs) Character.codePointCount(chars, from, until - from) else until - from)
      }
      if ((kinds & WordChars.Letter) != 0) alpha += 1
      i += 1
    }
    WordCounts(real, letters, alpha)
  }

  private final case class SymbolCounts(
      hashes: Int, ellipses: Int, lines: Int, bulletLines: Int, ellipsisLines: Int
  )

  private def countSymbols(chars: Array[Char], length: Int): SymbolCounts = {
    var hashes, ellipses, lines, bullets, endings, dots = 0
    var start = 0
    while (start < length) {
      var end = start
      while (end < length && !PythonText.isLineEnd(chars(end))) {
        val unit = chars(end)
        if (unit == '.') {
          dots += 1
          if (dots == 3) {
            ellipses += 1
            dots = 0
          }
        } else {
          dots = 0
          if (unit == '#') hashes += 1
          else if (unit == '…') ellipses += 1
        }
        end += 1
      }
      dots = 0
      lines += 1
      if (startsWithBullet(chars, start, end)) bullets += 1
      if (endsInEllipsis(chars, start, end)) endings += 1
      start = PythonText.nextLine(chars, end, length)
    }
    SymbolCounts(hashes, ellipses, lines, bullets, endings)
  }

  private def startsWithBullet(chars: Array[Char], from: Int, until: Int): Boolean = {
    val start = PythonText.skipSpace(chars, from, until)
    start < until && (chars(start) == '•' || chars(start) == '-')
  }

  private def endsInEllipsis(chars: Array[Char], from: Int, until: Int): Boolean = {
    val end = PythonText.trimEnd(chars, from, until)
    (end > from && chars(end - 1) == '…') ||
    (end - 3 >= from && chars(end - 1) == '.' && chars(end - 2) == '.' && chars(end - 3) == '.')
  }
}
