package org.decantry.text

/** Lines with punctuation, short lines, repeated lines and lists in a Chinese text.
  *
  * Source: mtkresearch/fineweb-zhtw src/4_fineweb.py: a mark of punctuation may stand anywhere in the line, empty lines
  * count except among repeated ones, and lines end at a line feed.
  */
object ZhtwLayout {

  final case class Measurements(
      linePunctRatio: Double,
      shortLineRatio: Double, // lines of ten characters or fewer
      charDupRatio: Double,
      listRatio: Double // line feeds to words
  )

  private val LongestShortLine = 10
  private val marks = ".'\"!?、，。：；！？」)~～…|"

  /** All zeros for a text of line feeds alone, except for short lines. */
  def measure(text: String, language: String): Measurements = {
    val tokens = SharedTokens.of(text, language)
    val chars = tokens.chars
    val length = tokens.charCount
    val seen = new Stretches(chars)
    var lines, punctuated, short, repeated = 0
    var start = 0
    while (start <= length) {
      var marked = false
      var end = start
      while (end < length && chars(end) != '\n') {
        marked ||= marks.indexOf(chars(end).toInt) >= 0
        end += 1
      }
      lines += 1
      if (marked) punctuated += 1
      val points = Character.codePointCount(chars, start, end - start)
      if (points <= LongestShortLine) short += 1
      if (PythonText.skipSpace(chars, start, end) < end && seen.repeats(start, end)) repeated += points
      start = end + 1
    }
    val feeds = lines - 1
    val characters = PythonText.length(text) - feeds
    Measurements(
      punctuated.toDouble / lines,
      short.toDouble / lines,
      if (characters == 0) 0 else repeated.toDouble / characters,
      if (tokens.length == 0) 0 else feeds.toDouble / tokens.length
    )
  }
}
