package org.decantry.text

/** Words, symbols, bullets, ellipses and stop words of a text, with words cut at white space.
  *
  * Source: arXiv:2112.11446, A.1.1, as DCLM computes it (mlfoundations/dclm baselines/mappers/filters/content_filters.py):
  * page_length_filter, word_length_filter, symbol_ratio_filter, bullet_count_filter, ellipsis_count_filter,
  * alphabetic_word_ratio_filter, stop_word_filter. Lines are stripped, and empty ones do not count.
  */
object MassiveWebQuality {

  final case class Measurements(
      words: Int, // of fastText's tokens, those that begin with a letter or a digit
      meanWordLength: Double, // in code points, of all words
      hashRatio: Double,
      ellipsisRatio: Double, // `...`, `. . .` and the ellipsis character
      symbolRatio: Double, // both
      bulletLineRatio: Double,
      ellipsisLineRatio: Double,
      nonAlphaWordRatio: Double,
      stopWords: Int, // occurrences
      distinctStopWords: Int
  )

  /** The stop words of the paper's rule. */
  private[text] val StopWords: Seq[String] = Seq("the", "be", "to", "of", "and", "that", "have", "with")

  private val stopWords: java.util.Map[String, Integer] = {
    val numbers = new java.util.HashMap[String, Integer]()
    StopWords.zipWithIndex.foreach { case (word, number) => numbers.put(word, number) }
    numbers
  }
  private val LongestStopWord = StopWords.map(_.length).max

  /** All zeros for a text of white space alone. */
  def measure(text: String): Measurements = {
    val chars = text.toCharArray
    var words, letters, alpha, stops, found = 0
    var i = 0
    while (i < chars.length) {
      val from = PythonText.skipSpace(chars, i, chars.length)
      var until = from
      while (until < chars.length && !PythonText.isSpace(chars(until))) until += 1
      if (until > from) {
        words += 1
        letters += Character.codePointCount(chars, from, until - from)
        if ((WordChars.kinds(chars, from, until) & WordChars.Letter) != 0) alpha += 1
        val stop = if (until - from > LongestStopWord) null else stopWords.get(lower(chars, from, until))
        if (stop != null) {
          stops += 1
          found |= 1 << stop
        }
      }
      i = until
    }
    val lines = countLines(chars)
    val hashes = count(text, "#")
    val ellipses = count(text, "...") + count(text, ". . .") + count(text, "…")
    Measurements(
      countAlphanumeric(chars, chars.length),
      share(letters, words),
      share(hashes, words),
      share(ellipses, words),
      share(hashes + ellipses, words),
      share(lines.bullets, lines.all),
      share(lines.ellipses, lines.all),
      share(words - alpha, words),
      stops,
      Integer.bitCount(found)
    )
  }

  /** The tokens of fastText that begin with a letter or a digit. White space is ASCII's for it, and the null character. */
  private[text] def countAlphanumeric(chars: Array[Char], until: Int): Int = {
    var words = 0
    var inside = false
    var i = 0
    while (i < until) {
      val unit = chars(i)
      val space = unit == ' ' || (unit >= 9 && unit <= 13) || unit == 0
      if (!space && !inside && PythonClasses.isAlnum(Character.codePointAt(chars, i, until))) words += 1
      inside = !space
      i += 1
    }
    words
  }

  private def share(part: Int, whole: Int): Double = if (whole == 0) 0 else part.toDouble / whole

  private def lower(chars: Array[Char], from: Int, until: Int): String = {
    val word = new Array[Char](until - from)
    var i = from
    while (i < until) {
      word(i - from) = if (chars(i) >= 'A' && chars(i) <= 'Z') (chars(i) + 32).toChar else chars(i)
      i += 1
    }
    new String(word)
  }

  /** `str.count`: occurrences that do not overlap. */
  private def count(text: String, part: String): Int = {
    var found = 0
    var at = text.indexOf(part)
    while (at >= 0) {
      found += 1
      at = text.indexOf(part, at + part.length)
    }
    found
  }

  private final case class Lines(all: Int, bullets: Int, ellipses: Int)

  private def countLines(chars: Array[Char]): Lines = {
    var all, bullets, ellipses = 0
    var start = 0
    while (start <= chars.length) {
      var end = start
      while (end < chars.length && chars(end) != '\n') end += 1
      val from = PythonText.skipSpace(chars, start, end)
      val until = PythonText.trimEnd(chars, from, end)
      if (until > from) {
        all += 1
        if ("●•*-".indexOf(chars(from).toInt) >= 0) bullets += 1
        if (endsIn(chars, from, until, "…") || endsIn(chars, from, until, "...") || endsIn(chars, from, until, ". . ."))
          ellipses += 1
      }
      start = end + 1
    }
    Lines(all, bullets, ellipses)
  }

  private def endsIn(chars: Array[Char], from: Int, until: Int, ending: String): Boolean = {
    val start = until - ending.length
    var i = 0
    while (start >= from && i < ending.length && chars(start + i) == ending.charAt(i)) i += 1
    start >= from && i == ending.length
  }
}
