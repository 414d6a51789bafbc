package org.decantry.text

import com.ibm.icu.text.BreakIterator
import com.ibm.icu.util.ULocale

/** Words and sentences by Unicode's rules (UAX 29) and ICU's dictionaries (Chinese, Japanese, Thai, Lao, Khmer,
  * Burmese), for the languages whose tokenizer in the peer we do not match.
  */
private[text] object IcuBreaks {
  private val iterators = ThreadLocal.withInitial[java.util.HashMap[String, BreakIterator]](() => new java.util.HashMap)

  private def iterator(kind: String, language: String)(make: ULocale => BreakIterator): BreakIterator =
    iterators.get.computeIfAbsent(s"$kind $language", _ => make(Languages.locale(language)))

  /** Fills `tokens` from `text`: words and punctuation marks, without white space. */
  def words(text: String, language: String, tokens: Tokens): Unit =
    pieces(text, iterator("words", language)(BreakIterator.getWordInstance(_)))(tokens.add)

  /** Fills `tokens` from `text`: sentences, without white space at their ends. */
  def sentences(text: String, language: String, tokens: Tokens): Unit =
    pieces(text, iterator("sentences", language)(BreakIterator.getSentenceInstance(_)))(tokens.add)

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
    breaks.setText("")
  }
}
