package org.decantry.text

/** The words of the text that a thread looked at last, so that all measurements of one row share one tokenisation. */
private[text] object SharedTokens {

  /** Texts longer than this are not held on to. In UTF-16 units. */
  private val LongestHeld = 1 << 20

  private final class Last {
    var text: String = _
    var language: String = _
    val tokens = new Tokens
  }

  private val last: ThreadLocal[Last] = ThreadLocal.withInitial(() => new Last)

  /** The text's words, to be read before this thread asks for those of another text. */
  def of(text: String, language: String): Tokens =
    if (text.length > LongestHeld) Words.scan(text, language)
    else {
      val mine = last.get
      if (text != mine.text || language != mine.language) {
        mine.text = null
        Words.scan(text, language, mine.tokens)
        mine.text = text
        mine.language = language
      }
      mine.tokens
    }
}
