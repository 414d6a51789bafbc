package org.decantry.text

/** C4's line rules and what they find in a page.
  *
  * Source: arXiv:1910.10683, 2.2, as datatrove 0.10.1 applies it (pipeline/filters/c4_filters.py). Reading stops at the
  * first line that condemns the page, so at most one of `loremIpsum` and `curlyBracket` is set.
  */
object C4Lines {

  final case class Result(
      text: String,
      lines: Int, // that stay
      loremIpsum: Boolean,
      curlyBracket: Boolean,
      sentences: Int, // in the lines that stay
      linesDropped: Int
  )

  private val Policies =
    Array("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
  private val TerminalMarks = ".?!\"'"
  private val LongestWord = 1000
  private val FewestWords = 3

  def edit(text: String, terminalPunctuation: Boolean, language: String): Result = {
    val kept = new java.lang.StringBuilder(text.length)
    var lines, sentences, dropped = 0
    var lorem, curly = false
    val all = PythonText.splitLines(text)
    var i = 0
    while (i < all.length && !lorem && !curly) {
      val stripped = PythonText.strip(all(i))
      val words = countWords(stripped)
      val line = withoutCitations(stripped)
      lazy val lower = line.toLowerCase(java.util.Locale.ROOT)
      if (
        words < 0 || (terminalPunctuation && !endsInPunctuation(line)) || words < FewestWords
      ) dropped += 1
      else if (lower.contains("lorem ipsum")) lorem = true
      else if (lower.contains("javascript")) dropped += 1
      else if (line.indexOf('{') >= 0) curly = true
      else if (Policies.exists(lower.contains(_))) dropped += 1
      else {
        sentences += Sentences.count(line, language)
        if (lines > 0) kept.append('\n')
        kept.append(line)
        lines += 1
      }
      i += 1
    }
    Result(PythonText.strip(kept.toString), lines, lorem, curly, sentences, dropped)
  }

  /** How many words the white space makes of a line, -1 where one is longer than 1,000 code points. */
  private def countWords(line: String): Int = {
    var words, length = 0
    var i = 0
    while (i < line.length) {
      val point = line.codePointAt(i)
      if (PythonText.isSpace(point)) length = 0
      else {
        if (length == 0) words += 1
        length += 1
        if (length > LongestWord) return -1
      }
      i += Character.charCount(point)
    }
    words
  }

  private def endsInPunctuation(line: String): Boolean =
    line.nonEmpty && TerminalMarks.indexOf(line.charAt(line.length - 1).toInt) >= 0 && !line.endsWith("...")

  /** The line without `[12]`, `[]`, `[edit]` and `[citation needed]`. */
  private def withoutCitations(line: String): String =
    if (line.indexOf('[') < 0) line
    else {
      val out = new java.lang.StringBuilder(line.length)
      var i = 0
      while (i < line.length) {
        val end = if (line.charAt(i) == '[') citationEnd(line, i) else -1
        if (end > 0) i = end
        else {
          out.append(line.charAt(i))
          i += 1
        }
      }
      out.toString
    }

  /** Where the citation that starts at `at` ends, -1 where there is none; digits are those of any script. */
  private def citationEnd(line: String, at: Int): Int = {
    var i = at + 1
    while (i < line.length && Character.isDigit(line.codePointAt(i))) i += Character.charCount(line.codePointAt(i))
    if (i < line.length && line.charAt(i) == ']') i + 1
    else if (line.startsWith("[edit]", at)) at + "[edit]".length
    else if (line.startsWith("[citation needed]", at)) at + "[citation needed]".length
    else -1
  }
}
