package org.decantry.text

/** A text's words and punctuation marks, in order and without white space. English is cut as datatrove 0.10.1 cuts it
  * (spaCy's blank `en`, tokens stripped, empty ones dropped). How other languages are cut: docs/languages.md.
  */
object Words {

  /** @param language a label as the language model writes it, `en` or `eng_Latn` for English; null if it is not known */
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

  /** The number of words that this cutting gives. */
  private[text] def count(text: String, cutting: Cutting): Int = scan(text, cutting, new Tokens).length

  /** The same words as ranges of the text. */
  def scan(text: String, language: String): Tokens = scan(text, language, new Tokens)

  /** The same, written to `tokens`, which can be reused; returns `tokens`. */
  def scan(text: String, language: String, tokens: Tokens): Tokens =
    scan(text, Languages.cutting(language, text), tokens)

  private def scan(text: String, cutting: Cutting, tokens: Tokens): Tokens = {
    tokens.begin(text)
    cutting match {
      case Cutting.Ruled(tokenizer) => tokenizer.fill(tokens)
      case Cutting.Indic => IndicTokenizer.fill(tokens)
      case Cutting.Korean => KoreanTokenizer.fill(tokens)
      case Cutting.Thai => ThaiTokenizer.ofTheJar.fill(tokens)
      case Cutting.Chinese => ChineseFile.tokenizer.fill(tokens)
      case Cutting.Japanese => IcuBreaks.japaneseWords(text, tokens)
      case Cutting.Icu => IcuBreaks.words(text, tokens)
    }
    tokens
  }
}
