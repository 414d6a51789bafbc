package org.decantry.text

/** Measurements of words and repeated n-grams, as NeMo Curator's heuristic filters take them. Words are cut
  * at white space.
  *
  * Source: NVIDIA-NeMo/Curator, nemo_curator/filters/heuristic_filter.py at 197963ae: SymbolsToWords, WordCount,
  * WordsWithoutAlphabets, CommonEnglishWords, MeanWordLength, LongWord, RepeatingTopNGrams, RepeatingDuplicateNGrams. Of several
  * most frequent n-grams the first counts; for the peer it is the first of a set, which differs from run to run.
  */
object CuratorWords {

  final case class Measurements(
      symbolRatio: Double, // words that are an ellipsis, or of which more than half are number signs
      words: Int,
      alphaRatio: Double,
      commonWords: Int, // occurrences, in lower case
      meanLength: Double,
      longest: Int,
      topNGram: Array[Double], // of 2, 3 and 4 words; 1 for a text of fewer words
      duplicatedNGrams: Array[Double] // of 5 to 10 words; 1 for a text of fewer words
  )

  private val common = StopWords.gopherWords.toSet
  private val ellipses = Set("...", "[...]", "…", "(...)", "[…]", "-»", "read more..", "read more")

  /** Zeros for a text without words, except for n-grams. */
  def measure(text: String): Measurements = {
    val words = split(text)
    val points = words.map(PythonText.length)
    val all = PythonText.length(text).toDouble
    val grams = GramIds.of(words)
    val shares = Array.tabulate(9) { i =>
      grams.longer()
      val n = i + 2
      if (words.length < n) 1 else (if (i < 3) top(text, words, grams, n) else duplicated(points, grams, n)) / all
    }
    Measurements(
      share(words.count(isSymbol), words.length),
      words.length,
      share(words.count(hasLetter), words.length),
      words.count(common),
      if (words.isEmpty) 0 else points.map(_.toLong).sum.toDouble / words.length,
      if (words.isEmpty) 0 else points.max,
      shares.take(3),
      shares.drop(3)
    )
  }

  private def split(text: String): Array[String] = {
    val words = Array.newBuilder[String]
    var i = PythonText.skipSpace(text, 0, text.length)
    while (i < text.length) {
      var end = i
      while (end < text.length && !PythonText.isSpace(text.charAt(end))) end += 1
      words += text.substring(i, end)
      i = PythonText.skipSpace(text, end, text.length)
    }
    words.result()
  }

  private def share(part: Int, whole: Int): Double = if (whole == 0) 0 else part.toDouble / whole

  /** The peer counts runs of number signs, so `#` is a symbol and `##` is not. */
  private def isSymbol(word: String): Boolean = {
    var runs = 0
    var i = 0
    while (i < word.length) {
      if (word.charAt(i) == '#' && (i == 0 || word.charAt(i - 1) != '#')) runs += 1
      i += 1
    }
    runs * 2 > PythonText.length(word) || ellipses(word)
  }

  private def hasLetter(word: String): Boolean = word.codePoints.anyMatch(CuratorCharacters.isAlphabetic(_))

  /** The number of characters that are lost if the most frequent n-gram, joined by single spaces, is deleted. */
  private def top(text: String, words: Array[String], grams: GramIds, n: Int): Long = {
    var best = 0
    var i = 1
    while (i < grams.length) {
      if (grams.count(i) > grams.count(best)) best = i
      i += 1
    }
    val phrase = words.slice(best, best + n).mkString(" ")
    Occurrences.count(text, phrase).toLong * PythonText.length(phrase)
  }

  /** The number of characters in repeated n-grams and in the spaces between their words. Each counts once. */
  private def duplicated(points: Array[Int], grams: GramIds, n: Int): Long = {
    val seen = new Array[Boolean](grams.length)
    var characters = 0L
    var overlap = 0
    var i = 0
    while (i < grams.length) {
      if (seen(grams(i))) {
        var k = i + overlap
        while (k < i + n) {
          characters += points(k)
          k += 1
        }
        characters += math.min(n - overlap, n - 1)
        overlap = n
      } else seen(grams(i)) = true
      overlap = math.max(overlap - 1, 0)
      i += 1
    }
    characters
  }
}
