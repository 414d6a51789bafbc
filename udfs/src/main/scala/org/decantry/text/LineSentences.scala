package org.decantry.text

/** Counts the sentences in the lines of a text as datatrove 0.10.1 does (utils/text.py, split_into_sentences): white space
  * that spaCy treats as a sentence counts, and a line without words has one.
  */
private[text] final class LineSentences(text: String, language: String) {
  private val ofWords = Sentences.areOfWords(text, language)
  private lazy val tokens = SharedTokens.of(text, language)
  private var next = 0

  /** The sentences in a range, which must be bounded by white space or an end of the text, and must follow the last one. */
  def between(from: Int, until: Int): Int =
    if (!ofWords) of(text.substring(from, until))
    else {
      while (next < tokens.length && tokens.start(next) < from) next += 1
      val first = next
      while (next < tokens.length && tokens.start(next) < until) next += 1
      Sentences.countInLine(tokens, first, next, until)
    }

  /** The sentences in a line that is not a range of the text. */
  def of(line: String): Int =
    if (ofWords) {
      val words = Words.scan(line, language)
      Sentences.countInLine(words, 0, words.length, words.charCount)
    } else math.max(1, Sentences.count(line, language))
}
