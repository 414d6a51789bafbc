package org.decantry.text

/** The repeated shares of a text as MassiveText's paper words them: all occurrences of what is repeated count.
  *
  * Source: arXiv:2112.11446, table A1, as DCLM computes it (mlfoundations/dclm
  * baselines/mappers/filters/content_filters.py, massive_web_repetition_filters). Words are cut by Unicode's rules (UAX
  * 29); those that do not begin with a letter or a digit are left out. Shares of characters are of the words' letters,
  * or of the stripped lines or paragraphs that are not empty.
  */
object MassiveWebRepetition {

  final case class Measurements(
      lines: Int,
      dupLineFrac: Double,
      dupLineCharFrac: Double,
      dupParaFrac: Double,
      dupParaCharFrac: Double,
      topNGram: Array[Double], // of 2, 3 and 4 words
      duplicatedNGrams: Array[Double] // of 5 to 10 words
  )

  /** All zeros for a text of white space alone. */
  def measure(text: String): Measurements = {
    val lines = duplicates(text, "\n")
    val paragraphs = duplicates(text, "\n\n")
    val words = UnicodeWords.of(text).filter(word => PythonClasses.isAlnum(word.codePointAt(0)))
    val points = words.map(PythonText.length)
    val all = points.map(_.toLong).sum.toDouble
    val grams = GramIds.of(words)
    val shares = Array.tabulate(9) { i =>
      grams.longer()
      val repeated = if (i < 3) top(grams, points, i + 2) else duplicated(grams, points, i + 2)
      if (repeated == 0) 0 else repeated / all
    }
    Measurements(lines.elements, lines.share, lines.characterShare, paragraphs.share, paragraphs.characterShare,
      shares.take(3), shares.drop(3))
  }

  /** The characters of the most frequent n-gram, times its count; of several, the longest. 0 if none occurs twice. */
  private def top(grams: GramIds, points: Array[Int], n: Int): Long = {
    var most = 1
    var longest = 0L
    var i = 0
    while (i < grams.length) {
      val count = grams.count(i)
      if (count > 1 && count >= most) {
        val length = sum(points, i, i + n)
        if (count > most || length > longest) longest = length
        most = count
      }
      i += 1
    }
    longest * most
  }

  /** The characters of the words in n-grams that occur more than once. */
  private def duplicated(grams: GramIds, points: Array[Int], n: Int): Long = {
    var characters = 0L
    var covered = 0
    var i = 0
    while (i < grams.length) {
      if (grams.count(i) > 1) {
        characters += sum(points, math.max(i, covered), i + n)
        covered = i + n
      }
      i += 1
    }
    characters
  }

  private def sum(points: Array[Int], from: Int, until: Int): Long = {
    var total = 0L
    var i = from
    while (i < until) {
      total += points(i)
      i += 1
    }
    total
  }

  private final case class Duplicates(elements: Int, repeated: Int, characters: Long, repeatedCharacters: Long) {
    def share: Double = if (elements < 2) 0 else repeated.toDouble / elements
    def characterShare: Double = if (elements < 2) 0 else repeatedCharacters.toDouble / characters
  }

  private def duplicates(text: String, separator: String): Duplicates = {
    val counts = new java.util.HashMap[String, Integer]()
    var elements, from = 0
    while (from <= text.length) {
      val found = text.indexOf(separator, from)
      val until = if (found < 0) text.length else found
      val element = PythonText.strip(text.substring(from, until))
      if (element.nonEmpty) {
        elements += 1
        counts.merge(element, 1, (a: Integer, b: Integer) => a + b)
      }
      from = if (found < 0) text.length + 1 else found + separator.length
    }
    var repeated = 0
    var characters, repeatedCharacters = 0L
    counts.forEach { (element: String, count: Integer) =>
      val points = PythonText.length(element).toLong * count
      characters += points
      if (count > 1) {
        repeated += count
        repeatedCharacters += points
      }
    }
    Duplicates(elements, repeated, characters, repeatedCharacters)
  }
}
