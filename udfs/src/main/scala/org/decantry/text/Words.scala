package org.decantry.text

/** A text's words and punctuation marks, in order and without white space. English is cut as datatrove 0.10.1 cuts it
  * (spaCy's blank `en`, tokens stripped, empty ones dropped); other languages by ICU.
  */
object Words {

  /** @param language a code as the language model emits it, `en` for English */
  def words(text: String, language: String): Array[String] = {
    val tokens = scan(text, language)
    val words = new Array[String](tokens.length)
    var i = 0
    while (i < words.length) {
      words(i) = text.substring(tokens.start(i), tokens.end(i))
      i += 1
    }
    words
  }

  /** The number of words. */
  def count(text: String, language: String): Int = scan(text, language).length

  /** The same words as ranges of the text. */
  def scan(text: String, language: String): Tokens = scan(text, language, new Tokens)

  /** The same, written to `tokens`, which can be reused; returns `tokens`. */
  def scan(text: String, language: String, tokens: Tokens): Tokens = {
    tokens.begin(text)
    if (Languages.isEnglish(language)) EnglishTokenizer.fill(tokens)
    else IcuBreaks.words(text, language, tokens)
    tokens
  }
}
