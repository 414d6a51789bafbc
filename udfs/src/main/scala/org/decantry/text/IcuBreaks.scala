package org.decantry.text

import com.ibm.icu.text.BreakIterator
import com.ibm.icu.util.ULocale

/** Words and sentences by Unicode's rules (UAX 29) and ICU's dictionaries. Japanese, Lao, Khmer and Burmese have such words;
  * Chinese and Thai have such sentences only. The rules are those of ICU's root locale, which has all dictionaries.
  */
private[text] object IcuBreaks {

  /** Fills `tokens` from `text`: words and punctuation marks, without white space. */
  def words(text: String, tokens: Tokens): Unit =
    pieces(text, wordBreaks.get)((from, until) =>
      if (isTsheg(text.charAt(from)) && endsAt(tokens, from)) tokens.extend(until)
      else AsciiPieces.add(tokens, from, until)
    )

  /** The same for a Japanese text. */
  def japaneseWords(text: String, tokens: Tokens): Unit =
    pieces(text, wordBreaks.get)((from, until) => JapanesePieces.add(tokens, from, until))

  /** The mark at the end of a Tibetan syllable, which is a part of the word, as in FineWeb2's Tibetan stop words. */
  private def isTsheg(unit: Char): Boolean = unit == '\u0f0b' || unit == '\u0f0c'

  private def endsAt(tokens: Tokens, at: Int): Boolean = tokens.length > 0 && tokens.end(tokens.length - 1) == at

  /** Fills `tokens` from `text`: sentences, without white space at their ends. */
  def sentences(text: String, tokens: Tokens): Unit =
    pieces(text, sentenceBreaks.get)((from, until) => tokens.add(from, until))

  /** ICU's iterators have state and are expensive to create: each thread has its own. */
  private val wordBreaks = ThreadLocal.withInitial[BreakIterator](() => BreakIterator.getWordInstance(ULocale.ROOT))
  private val sentenceBreaks =
    ThreadLocal.withInitial[BreakIterator](() => BreakIterator.getSentenceInstance(ULocale.ROOT))

  private def pieces(text: String, breaks: BreakIterator)(add: (Int, Int) => Unit): Unit = {
    breaks.setText(text)
    var from = breaks.first()
    var until = breaks.next()
    while (until != BreakIterator.DONE) {
      val first = PythonText.skipSpace(text, from, until)
      if (first < until) add(first, PythonText.trimEnd(text, first, until))
      from = until
      until = breaks.next()
    }
    breaks.setText("") // release the text
  }
}
