package org.decantry.text

/** Removes invisible controls: terminal escapes, control characters except tab, form feed and line ends, byte order marks,
  * and marks of interlinear notes. Half a surrogate pair becomes U+FFFD.
  */
private[text] object Controls {

  def remove(text: String): String = {
    var i = 0
    while (i < text.length && !isOdd(text, i)) i += 1
    if (i == text.length) return text
    val out = new java.lang.StringBuilder(text.length).append(text, 0, i)
    while (i < text.length) {
      val char = text.charAt(i)
      if (char == '\u001b') i = escapeEnd(text, i)
      else {
        if (!isOdd(text, i)) out.append(char)
        else if (Character.isSurrogate(char)) out.append('\ufffd')
        i += 1
      }
    }
    out.toString
  }

  private def isOdd(text: String, i: Int): Boolean = {
    val char = text.charAt(i)
    if (char < ' ') char != '\t' && char != '\n' && char != '\r' && char != '\f'
    else if (char < '\u007f') false
    else
      char == '\u007f' || char == '\ufeff' || (char >= '\u206a' && char <= '\u206f') ||
      (char >= '\ufff9' && char <= '\ufffb') || isHalf(text, i)
  }

  private def isHalf(text: String, i: Int): Boolean = {
    val char = text.charAt(i)
    if (Character.isHighSurrogate(char)) i + 1 >= text.length || !Character.isLowSurrogate(text.charAt(i + 1))
    else Character.isLowSurrogate(char) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))
  }

  /** The index after an escape `ESC [`, digits and semicolons, and a letter; after the ESC if it is none. */
  private def escapeEnd(text: String, from: Int): Int = {
    if (from + 1 >= text.length || text.charAt(from + 1) != '[') return from + 1
    var i = from + 2
    while (i < text.length && "0123456789;".indexOf(text.charAt(i)) >= 0) i += 1
    val letter = if (i < text.length) Character.toLowerCase(text.charAt(i)) else ' '
    if (letter >= 'a' && letter <= 'z') i + 1 else from + 1
  }
}
