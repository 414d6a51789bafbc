package org.decantry.text

import com.ibm.icu.text.BreakIterator
import com.ibm.icu.util.ULocale

/** The words of a text between Unicode's word bounds (UAX 29), whatever its language, white space left out. */
object UnicodeWords {

  /** ICU's iterators have state and are expensive to create: each thread has its own. */
  private val held = ThreadLocal.withInitial[BreakIterator](() => BreakIterator.getWordInstance(ULocale.ROOT))

  def of(text: String): Array[String] = {
    val breaks = held.get
    val words = Array.newBuilder[String]
    breaks.setText(text)
    var from = breaks.first()
    var until = breaks.next()
    while (until != BreakIterator.DONE) {
      if (PythonText.skipSpace(text, from, until) < until) words += text.substring(from, until)
      from = until
      until = breaks.next()
    }
    breaks.setText("") // release the text
    words.result()
  }
}
