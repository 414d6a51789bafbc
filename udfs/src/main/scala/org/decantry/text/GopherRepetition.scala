package org.decantry.text

/** The repeated shares of a text: paragraphs, lines, the most frequent n-gram, and n-grams that occurred before.
  *
  * Source: arXiv:2112.11446, table A1, as datatrove 0.10.1 computes it (pipeline/filters/gopher_repetition_filter.py):
  * shares are of the text's length in code points, white space included.
  */
object GopherRepetition {

  final case class Measurements(
      characters: Int,
      dupParaFrac: Double,
      dupParaCharFrac: Double,
      dupLineFrac: Double,
      dupLineCharFrac: Double,
      topNGram: Array[Double], // of 2, 3 and 4 words
      duplicatedNGrams: Array[Double] // of 5 to 10 words
  )

  /** All zeros for an empty text.
    *
    * @param language whose words the n-grams are of: see `Words`
    */
  def measure(text: String, language: String): Measurements = {
    val characters = PythonText.length(text)
    if (characters == 0) Measurements(0, 0, 0, 0, 0, new Array(3), new Array(6))
    else {
      val tokens = SharedTokens.of(text, language)
      val start = PythonText.skipSpace(text, 0, text.length)
      val end = PythonText.trimEnd(text, start, text.length)
      val paragraphs = duplicates(tokens.chars, start, end, 2)
      val lines = duplicates(tokens.chars, 0, tokens.charCount, 1)
      val grams = WordGrams.of(tokens)
      val all = characters.toDouble
      Measurements(
        characters,
        paragraphs.repeated / paragraphs.elements,
        paragraphs.characters / all,
        lines.repeated / lines.elements,
        lines.characters / all,
        Array(grams.top(2) / all, grams.top(3) / all, grams.top(4) / all),
        Array.tabulate(6)(i => grams.duplicated(5 + i) / all)
      )
    }
  }

  private final case class Duplicates(elements: Double, repeated: Double, characters: Double)

  /** The number of elements between runs of at least `breaks` line feeds, of repeated ones, and of their code points. */
  private def duplicates(chars: Array[Char], from: Int, until: Int, breaks: Int): Duplicates = {
    val seen = new Stretches(chars)
    var elements, repeated, characters = 0
    def add(start: Int, end: Int): Unit = {
      elements += 1
      if (seen.repeats(start, end)) {
        repeated += 1
        characters += Character.codePointCount(chars, start, end - start)
      }
    }
    var start = from
    var i = from
    while (i < until) {
      if (chars(i) == '\n') {
        var next = i
        while (next < until && chars(next) == '\n') next += 1
        if (next - i >= breaks) {
          add(start, i)
          start = next
        }
        i = next
      } else i += 1
    }
    add(start, until)
    Duplicates(elements, repeated, characters)
  }
}
