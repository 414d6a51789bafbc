package org.decantry.text

/** C4's rules for lines, and the counts that they give for a page.
  *
  * Source: arXiv:1910.10683, 2.2, as datatrove 0.10.1 applies it (pipeline/filters/c4_filters.py). Reading stops at the
  * first line that removes the page, so at most one of `loremIpsum` and `curlyBracket` is set.
  * A line's words are between its spaces; in languages without spaces between words they are those of `Words`.
  */
object C4Lines {

  final case class Result(
      text: String,
      lines: Int, // kept
      loremIpsum: Boolean,
      curlyBracket: Boolean,
      sentences: Int, // in the kept lines
      linesDropped: Int
  )

  def edit(text: String, terminalPunctuation: Boolean, language: String): Result = {
    val sentences = new LineSentences(text, language)
    val words = LineWords(text, language)
    val chars = text.toCharArray
    val kept = new java.lang.StringBuilder(text.length)
    var lines, inLines, dropped, condemned = 0
    var start = 0
    while (start < chars.length && condemned == 0) {
      val end = PythonText.lineEnd(chars, start, chars.length)
      val from = PythonText.skipSpace(chars, start, end)
      val until = PythonText.trimEnd(chars, from, end)
      val cited = Citations.removed(chars, from, until)
      val line = if (cited == null) chars else cited
      val first = if (cited == null) from else 0
      val last = if (cited == null) until else cited.length
      val phrases = C4Phrases.find(line, first, last)
      if (
        !words.suffice(from, until) || (terminalPunctuation && !endsInPunctuation(line, first, last)) ||
        C4Phrases.dropsLine(phrases)
      ) dropped += 1
      else if (C4Phrases.dropsPage(phrases)) condemned = phrases
      else {
        inLines += (if (cited == null) sentences.between(from, until) else sentences.of(new String(cited)))
        if (lines > 0) kept.append('\n')
        kept.append(line, first, last - first)
        lines += 1
      }
      start = PythonText.nextLine(chars, end, chars.length)
    }
    val loremIpsum = (condemned & C4Phrases.LoremIpsum) != 0
    Result(PythonText.strip(kept.toString), lines, loremIpsum, condemned != 0 && !loremIpsum, inLines, dropped)
  }

  private def endsInPunctuation(chars: Array[Char], from: Int, until: Int): Boolean =
    until > from && ".?!\"'".indexOf(chars(until - 1).toInt) >= 0 &&
      !(until - from >= 3 && chars(until - 1) == '.' && chars(until - 2) == '.' && chars(until - 3) == '.')
}
