package org.decantry.text

/** A cache of the words of each thread's last text, so that all measurements of a row share one tokenisation. */
private[text] object SharedTokens {

  /** Longer texts are not cached, in UTF-16 units. */
  private val LongestCached = 1 << 20

  private final class Last {
    var text: String = _
    var language: String = _
    val tokens = new Tokens
  }

  private val last: ThreadLocal[Last] = ThreadLocal.withInitial(() => new Last)

  /** The text's words. They are valid until the thread's next call. */
  def of(text: String, language: String): Tokens =
    if (text.length > LongestCached) Words.scan(text, language)
    else {
      val cached = last.get
      if (text != cached.text || language != cached.language) {
        cached.text = null
        Words.scan(text, language, cached.tokens)
        cached.text = text
        cached.language = language
      }
      cached.tokens
    }
}
