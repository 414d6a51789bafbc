package org.decantry.text

/** Line endings, short lines, repeated lines and lists.
  *
  * Source: arXiv:2406.17557, 3.6, as datatrove 0.10.1 computes it (pipeline/filters/fineweb_quality_filter.py): lines
  * that are all white space do not count.
  */
object FineWebQuality {

  final case class Measurements(
      lines: Int,
      linePunctRatio: Double,
      shortLineRatio: Double,
      charDupRatio: Double,
      listRatio: Double
  )

  def measure(text: String, shortLineLength: Int): Measurements = {
    val chars = text.toCharArray
    val pieces = new Spans(chars, chars.length)
    var newLines = 0
    var i = 0
    while (i < chars.length) { if (chars(i) == '\n') newLines += 1; i += 1 }
    val seen = pieces.seen(newLines + 1)
    var lines, punctuated, short, repeated = 0
    var start = 0
    while (start <= chars.length) {
      var end = start
      while (end < chars.length && chars(end) != '\n') end += 1
      if (PythonText.skipSpace(text, start, end) < end) {
        lines += 1
        val length = Character.codePointCount(chars, start, end - start)
        if (Punctuation.isTerminal(Character.codePointBefore(chars, end, start))) punctuated += 1
        if (length <= shortLineLength) short += 1
        if (seen.add(start, end) > 1) repeated += length
      }
      start = end + 1
    }
    if (lines == 0) Measurements(0, 0, 0, 0, 0)
    else {
      val words = Words.words(text, "en").length
      Measurements(
        lines,
        punctuated.toDouble / lines,
        short.toDouble / lines,
        repeated.toDouble / (PythonText.length(text) - newLines),
        if (words == 0) 0 else newLines.toDouble / words
      )
    }
  }
}
