package org.decantry.text

/** Line endings, short lines, repeated lines and lists.
  *
  * Source: arXiv:2406.17557, 3.6, as datatrove 0.10.1 computes it (pipeline/filters/fineweb_quality_filter.py): lines
  * of white space alone do not count.
  */
object FineWebQuality {

  final case class Measurements(
      lines: Int,
      linePunctRatio: Double,
      shortLineRatio: Double,
      charDupRatio: Double,
      listRatio: Double
  )

  /** All zeros for a text of white space alone.
    *
    * @param shortLineLength the longest short line, in code points
    * @param language        whose words are counted: see `Words`
    */
  def measure(text: String, shortLineLength: Int, language: String): Measurements = {
    val tokens = SharedTokens.of(text, language)
    val chars = tokens.chars
    val length = tokens.charCount
    val seen = new Stretches(chars)
    var newLines, lines, punctuated, short, repeated = 0
    var start = 0
    while (start <= length) {
      var end = start
      while (end < length && chars(end) != '\n') end += 1
      if (end < length) newLines += 1
      if (PythonText.skipSpace(chars, start, end) < end) {
        lines += 1
        val points = Character.codePointCount(chars, start, end - start)
        if (Punctuation.isTerminal(Character.codePointBefore(chars, end, start))) punctuated += 1
        if (points <= shortLineLength) short += 1
        if (seen.repeats(start, end)) repeated += points
      }
      start = end + 1
    }
    if (lines == 0) Measurements(0, 0, 0, 0, 0)
    else
      Measurements(
        lines,
        punctuated.toDouble / lines,
        short.toDouble / lines,
        repeated.toDouble / (PythonText.length(text) - newLines),
        newLines.toDouble / tokens.length
      )
  }
}
