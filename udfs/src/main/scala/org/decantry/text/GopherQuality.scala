package org.decantry.text

/** Words, symbols, bullets, ellipses and stop words of a text.
  *
  * Source: arXiv:2112.11446, A.1.1, as datatrove 0.10.1 computes it (pipeline/filters/gopher_quality_filter.py): words
  * are the tokenizer's, punctuation tokens included, but for the count of words and their mean length.
  */
object GopherQuality {

  /** The stop words of Gopher's rule. */
  val StopWords: Set[String] = Set("the", "be", "to", "of", "and", "that", "have", "with")

  final case class Measurements(
      words: Int, // that are not all punctuation
      meanWordLength: Double,
      hashRatio: Double,
      ellipsisRatio: Double,
      bulletLineRatio: Double,
      ellipsisLineRatio: Double,
      alphaWordRatio: Double,
      stopWords: Int // distinct ones
  )

  def measure(text: String, language: String): Measurements = {
    val words = Words.words(text, language)
    var real, letters, alpha = 0
    val stops = new java.util.HashSet[String]
    var i = 0
    while (i < words.length) {
      val word = words(i)
      if (has(word)(!Punctuation.isPunctuation(_))) {
        real += 1
        letters += PythonText.length(word)
      }
      if (has(word)(PythonText.isAlpha)) alpha += 1
      if (word.length <= 4 && StopWords.contains(word)) stops.add(word)
      i += 1
    }
    val lines = PythonText.splitLines(text)
    Measurements(
      real,
      share(letters, real),
      share(count(text, "#"), words.length),
      share(count(text, "...") + count(text, "…"), words.length),
      share(lines.count(startsWithBullet), lines.length),
      share(lines.count(endsInEllipsis), lines.length),
      share(alpha, words.length),
      stops.size
    )
  }

  private def share(part: Int, whole: Int): Double = if (whole == 0) 0 else part.toDouble / whole

  private def startsWithBullet(line: String): Boolean = {
    val start = PythonText.skipSpace(line, 0, line.length)
    start < line.length && (line.charAt(start) == '•' || line.charAt(start) == '-')
  }

  private def endsInEllipsis(line: String): Boolean = {
    val end = PythonText.trimEnd(line, 0, line.length)
    (end >= 1 && line.charAt(end - 1) == '…') || (end >= 3 && line.startsWith("...", end - 3))
  }

  private def has(word: String)(holds: Int => Boolean): Boolean = {
    var i = 0
    while (i < word.length) {
      val point = word.codePointAt(i)
      if (holds(point)) return true
      i += Character.charCount(point)
    }
    false
  }

  private def count(text: String, part: String): Int = {
    var found = 0
    var at = text.indexOf(part)
    while (at >= 0) {
      found += 1
      at = text.indexOf(part, at + part.length)
    }
    found
  }
}
