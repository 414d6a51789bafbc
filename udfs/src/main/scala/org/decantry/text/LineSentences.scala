package org.decantry.text

/** How many sentences the lines of one text have, as datatrove 0.10.1 counts them (utils/text.py,
  * split_into_sentences): white space that spaCy takes for a sentence counts, and a line without words is one.
  */
private[text] final class LineSentences(text: String, language: String) {
  private val isEnglish = Languages.isEnglish(language)
  private lazy val tokens = SharedTokens.of(text, language)
  private var next = 0

  /** Of the stretch, which has white space or an end on both sides and lies behind the one asked for before. */
  def between(from: Int, until: Int): Int =
    if (!isEnglish) of(text.substring(from, until))
    else {
      while (next < tokens.length && tokens.start(next) < from) next += 1
      val first = next
      while (next < tokens.length && tokens.start(next) < until) next += 1
      Sentences.countInLine(tokens, first, next, until)
    }

  /** Of a line that is no stretch of the text. */
  def of(line: String): Int =
    if (isEnglish) {
      val words = Words.scan(line, language)
      Sentences.countInLine(words, 0, words.length, words.charCount)
    } else math.max(1, Sentences.count(line, language))
}
