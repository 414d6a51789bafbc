package org.decantry.text

import com.ibm.icu.lang.UCharacter
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory

/** A text's sentences, in order, without white space at their ends. English is cut as datatrove 0.10.1 cuts it (spaCy's
  * `sentencizer` on its blank `en`): a sentence ends after a token that is a final mark; the next one begins at
  * the next token that is neither punctuation nor a final mark, which may be white space. So are all languages with spaces
  * between words, but for those of South Asia; ICU cuts these and the languages without spaces.
  */
object Sentences {

  /** The number of sentences. */
  def count(text: String, language: String): Int = scan(text, language, new Tokens).length

  /** @param language a label as the language model writes it; null if it is not known */
  def sentences(text: String, language: String): Array[String] = {
    val found = scan(text, language, new Tokens)
    Array.tabulate(found.length)(i => text.substring(found.start(i), found.end(i)))
  }

  /** The same sentences as ranges of the text, written to `tokens`; returns `tokens`. */
  def scan(text: String, language: String, tokens: Tokens): Tokens = {
    if (areOfWords(text, language)) group(Words.scan(text, language, tokens))
    else {
      tokens.begin(text)
      IcuBreaks.sentences(text, tokens)
    }
    tokens
  }

  /** Whether a text's sentences are found from its words. */
  private[text] def areOfWords(text: String, language: String): Boolean =
    Languages.cutting(language, text) match {
      case Cutting.Ruled(_) | Cutting.Korean => true
      case Cutting.Indic | Cutting.Icu | Cutting.Chinese | Cutting.Japanese | Cutting.Thai => false
    }

  /** Replaces words by sentences. */
  private def group(tokens: Tokens): Unit = {
    val chars = tokens.chars
    val (firsts, ends) = tokens.takeAll()
    var sentence = 0
    var ended = false
    var i = 0
    while (i < firsts.length) {
      val isFinal = isFinalMark(chars, firsts(i), ends(i))
      val spaced = i > 0 && isSpaceToken(chars, ends(i - 1), firsts(i))
      if (ended && (spaced || !(isFinal || isPunctuation(chars, firsts(i), ends(i))))) {
        tokens.add(firsts(sentence), ends(i - 1))
        sentence = i
        ended = false
      }
      if (isFinal) ended = true
      i += 1
    }
    if (sentence < firsts.length) tokens.add(firsts(sentence), ends(firsts.length - 1))
  }

  /** The number of sentences that spaCy finds in one line, including those of white space; 1 if the line has no words.
    *
    * @param first the line's first word, `last` the one after its last, `until` its end
    */
  private[text] def countInLine(tokens: Tokens, first: Int, last: Int, until: Int): Int = {
    val chars = tokens.chars
    var sentences = 1
    var ended = false
    var i = first
    while (i < last) {
      val isFinal = isFinalMark(chars, tokens.start(i), tokens.end(i))
      if (ended) {
        val spaced = isSpaceToken(chars, tokens.end(i - 1), tokens.start(i))
        if (spaced || !(isFinal || isPunctuation(chars, tokens.start(i), tokens.end(i)))) {
          sentences += 1
          ended = false
        }
      }
      if (isFinal) ended = true
      i += 1
    }
    if (ended && isSpaceToken(chars, tokens.end(last - 1), until)) sentences + 1 else sentences
  }

  /** Whether spaCy makes a token of white space between two words: all but a single space. */
  private def isSpaceToken(chars: Array[Char], from: Int, until: Int): Boolean =
    until - from > 1 || (until - from == 1 && chars(from) != ' ')

  private def isPunctuation(chars: Array[Char], from: Int, until: Int): Boolean = {
    var i = from
    while (i < until) {
      val point = Character.codePointAt(chars, i, until)
      UCharacter.getType(point) match {
        case ECharacterCategory.CONNECTOR_PUNCTUATION | ECharacterCategory.DASH_PUNCTUATION |
            ECharacterCategory.START_PUNCTUATION | ECharacterCategory.END_PUNCTUATION |
            ECharacterCategory.INITIAL_PUNCTUATION | ECharacterCategory.FINAL_PUNCTUATION |
            ECharacterCategory.OTHER_PUNCTUATION =>
        case _ => return false
      }
      i += Character.charCount(point)
    }
    true
  }

  private def isFinalMark(chars: Array[Char], from: Int, until: Int): Boolean = {
    val point = Character.codePointAt(chars, from, until)
    Character.charCount(point) == until - from && SentenceMarks.contains(point)
  }
}
