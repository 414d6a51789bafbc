package org.decantry.text

/** Removes lines of code and of policies from a Chinese text, and measures its lines.
  *
  * Source: mtkresearch/fineweb-zhtw src/3_c4.py, and pipeline/filters/c4_filters.py of its copy of datatrove
  * (Splend1d/datatrove-zhtw): a line with a curly bracket, `javascript` or a phrase of policies is dropped, whereas C4
  * drops a page with a bracket. The measurements are of the whole text.
  */
object ZhtwLines {

  final case class Result(
      text: String,
      linesDropped: Int,
      curlyBracketRatio: Double, // of characters
      wordsPerLine: Double // empty lines included, punctuation tokens and each white space inside a line too
  )

  def edit(text: String, language: String): Result = {
    var words = SharedTokens.of(text, language).length
    val chars = text.toCharArray
    val kept = new java.lang.StringBuilder(text.length)
    var lines, dropped, brackets = 0
    var start = 0
    while (start < chars.length) {
      val end = PythonText.lineEnd(chars, start, chars.length)
      val from = PythonText.skipSpace(chars, start, end)
      val until = PythonText.trimEnd(chars, from, end)
      var i = from
      while (i < until) {
        if (chars(i) == '{') brackets += 1
        if (PythonText.isSpace(chars(i))) words += 1
        i += 1
      }
      if ((C4Phrases.find(chars, from, until) & ~C4Phrases.LoremIpsum) != 0) dropped += 1
      else {
        if (lines > dropped) kept.append('\n')
        kept.append(chars, from, until - from)
      }
      lines += 1
      start = PythonText.nextLine(chars, end, chars.length)
    }
    Result(PythonText.strip(kept.toString), dropped,
      if (chars.isEmpty) 0 else brackets.toDouble / PythonText.length(text), if (lines == 0) 0 else words.toDouble / lines)
  }
}
