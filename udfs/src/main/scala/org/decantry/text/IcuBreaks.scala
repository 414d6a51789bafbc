package org.decantry.text

import com.ibm.icu.text.BreakIterator
import com.ibm.icu.util.ULocale
import java.util.HashMap

/** Words and sentences by Unicode's rules (UAX 29) and ICU's dictionaries (Chinese, Japanese, Thai, Lao, Khmer,
  * Burmese), for the languages for which we do not reproduce the peer's tokenizer.
  */
private[text] object IcuBreaks {

  /** Fills `tokens` from `text`: words and punctuation marks, without white space. */
  def words(text: String, language: String, tokens: Tokens): Unit = pieces(text, wordBreaks(language), tokens)

  /** Fills `tokens` from `text`: sentences, without white space at their ends. */
  def sentences(text: String, language: String, tokens: Tokens): Unit = pieces(text, sentenceBreaks(language), tokens)

  /** ICU's iterators have state and are expensive to create. Each thread has its own, for a bounded number of languages. */
  private final class PerThread(make: ULocale => BreakIterator) {
    private val most = 256
    private val made = ThreadLocal.withInitial[HashMap[String, BreakIterator]](() => new HashMap)

    def apply(language: String): BreakIterator = {
      val mine = made.get
      if (mine.size >= most && !mine.containsKey(language)) mine.clear()
      mine.computeIfAbsent(language, code => make(Languages.locale(code)))
    }
  }

  private val wordBreaks = new PerThread(BreakIterator.getWordInstance(_))
  private val sentenceBreaks = new PerThread(BreakIterator.getSentenceInstance(_))

  private def pieces(text: String, breaks: BreakIterator, tokens: Tokens): Unit = {
    breaks.setText(text)
    var from = breaks.first()
    var until = breaks.next()
    while (until != BreakIterator.DONE) {
      val first = PythonText.skipSpace(text, from, until)
      if (first < until) tokens.add(first, PythonText.trimEnd(text, first, until))
      from = until
      until = breaks.next()
    }
    breaks.setText("") // release the text
  }
}
