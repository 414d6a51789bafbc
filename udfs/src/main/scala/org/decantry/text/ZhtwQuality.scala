package org.decantry.text

/** Words, symbols, ellipses and stop words of a Chinese text.
  *
  * Source: mtkresearch/fineweb-zhtw src/2_gopher.py, and pipeline/filters/gopher_quality_filter.py of its copy of datatrove
  * (Splend1d/datatrove-zhtw). jieba cuts words there, and ICU's dictionary here.
  */
object ZhtwQuality {

  final case class Measurements(
      words: Int, // without punctuation tokens
      hashRatio: Double,
      ellipsisRatio: Double,
      ellipsisLineRatio: Double, // lines of 100 characters or more do not count as ending in one
      stopWords: Int // occurrences
  )

  private val LongLine = 100

  private val stopWords: java.util.Set[String] = new java.util.HashSet(
    java.util.Arrays.asList(
      ("的 了 和 是 就 都 而 及 與 這 其 但 並 個 我 你 他 她 它 們 我們 你們 他們 她們 它們 在 有 人 這個 那個 如果 因為 " +
        "所以 可以 沒有 很 非常 得 著 過 為 再 吧 呢 啊 哪 那 麼 什麼 誰 哪裡 怎麼 怎麼樣 為什麼 將").split(' '): _*
    )
  )

  /** All zeros for a text without words, except the measurement of lines. */
  def measure(text: String, language: String): Measurements = {
    val tokens = SharedTokens.of(text, language)
    var words, stops = 0
    var i = 0
    while (i < tokens.length) {
      if ((WordChars.kinds(tokens.chars, tokens.start(i), tokens.end(i)) & WordChars.NoPunctuation) != 0) words += 1
      if (tokens.end(i) - tokens.start(i) <= 3 && stopWords.contains(tokens.text(i))) stops += 1
      i += 1
    }
    val all = tokens.length
    Measurements(words, share(count(text, "#"), all), share(count(text, "...") + count(text, "…"), all),
      endingInEllipsis(text.toCharArray), stops)
  }

  private def share(part: Int, whole: Int): Double = if (whole == 0) 0 else part.toDouble / whole

  private def count(text: String, part: String): Int = {
    var found = 0
    var at = text.indexOf(part)
    while (at >= 0) {
      found += 1
      at = text.indexOf(part, at + part.length)
    }
    found
  }

  private def endingInEllipsis(chars: Array[Char]): Double = {
    var lines, endings = 0
    var start = 0
    while (start < chars.length) {
      val end = PythonText.lineEnd(chars, start, chars.length)
      val from = PythonText.skipSpace(chars, start, end)
      val until = PythonText.trimEnd(chars, from, end)
      val dots = until - from >= 3 && chars(until - 1) == '.' && chars(until - 2) == '.' && chars(until - 3) == '.'
      if ((dots || (until > from && chars(until - 1) == '…')) &&
        Character.codePointCount(chars, from, until - from) < LongLine) endings += 1
      lines += 1
      start = PythonText.nextLine(chars, end, chars.length)
    }
    share(endings, lines)
  }
}
