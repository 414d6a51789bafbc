package org.decantry.page

/** Builds the text of a run of inline content, in plain text and in Markdown, with white space as browsers display it.
  *
  * No-break and other spaces become spaces. Characters without width and control characters are left out.
  */
private[page] final class Line {
  private val plain = new java.lang.StringBuilder
  private var rich: java.lang.StringBuilder = _
  private var space = false
  private var broken = false // the pending space contains a line break of the source
  private var breaks = 0
  private var linked = 0
  private var code = 0
  private var codeStart = 0

  private var formula = 0 // the length of the formula at the start of the line

  var links = 0
  var linkChars = 0

  def isEmpty: Boolean = plain.length == 0

  /** Whether the line is one formula. */
  def isOneFormula: Boolean = formula > 0 && formula == plain.length
  def text: String = plain.toString

  /** The Markdown of a line with this text. */
  def markdown(text: String): String = if (rich == null) text else rich.toString
  def length: Int = plain.length

  /** The number of line breaks at the end. */
  def breaksAtEnd: Int = breaks

  def add(text: String): Unit = {
    var i = 0
    var before = -1
    while (i < text.length) {
      val char = text.charAt(i)
      val kind = Line.kind(char)
      if (kind == 0) {
        writePending(char)
        if (before < 0) before = plain.length
        plain.append(char)
        if (rich != null) rich.append(char)
      } else if (kind == 1) {
        space = true
        if (char == '\n' || char == '\r') broken = true
      }
      i += 1
    }
    if (linked > 0 && before >= 0) linkChars += plain.length - before
  }

  /** Adds a formula, or other content whose two forms differ, unchanged. */
  def add(text: String, markdown: String): Unit =
    if (text.nonEmpty) {
      writePending('$')
      fork()
      formula = if (isEmpty) text.length else 0
      plain.append(text)
      rich.append(markdown)
    }

  def addSpace(): Unit = space = true

  def addBreak(): Unit = {
    space = false
    if (!isEmpty) breaks += 1
  }

  def beginLink(): Unit = {
    linked += 1
    links += 1
  }

  def endLink(): Unit = linked -= 1

  def beginCode(): Unit = {
    if (code == 0) {
      writePending('`')
      fork()
      codeStart = rich.length
    }
    code += 1
  }

  def endCode(): Unit = {
    code -= 1
    if (code == 0 && rich != null && rich.length > codeStart) {
      val inner = rich.substring(codeStart)
      rich.setLength(codeStart)
      rich.append(Line.codeSpan(inner))
    }
  }

  /** Starts a new line. Open links and code stay open. */
  def clear(): Unit = {
    plain.setLength(0)
    rich = null
    space = false
    broken = false
    breaks = 0
    links = linked
    formula = 0
    linkChars = 0
    if (code > 0) {
      fork()
      codeStart = 0
    }
  }

  /** Writes the pending space or break before a character. A line break of the source between two wide East Asian
    * characters is not a space (CSS Text 3, 4.1.3).
    */
  private def writePending(next: Char): Unit = {
    if (breaks > 0) write('\n')
    else if (space && !isEmpty && !(broken && Line.isWide(next) && Line.isWide(plain.charAt(plain.length - 1)))) write(' ')
    space = false
    broken = false
    breaks = 0
  }

  private def write(char: Char): Unit = {
    plain.append(char)
    if (rich != null) rich.append(char)
  }

  private def fork(): Unit = if (rich == null) rich = new java.lang.StringBuilder(plain)
}

private[page] object Line {

  /** 0 for a character to keep, 1 for a space, 2 for one to leave out. */
  def kind(char: Char): Int =
    if (char > ' ' && char < '\u007f') 0
    else if (char == ' ' || (char >= '\t' && char <= '\r')) 1
    else if (char <= '\u009f') if (char == '\u0085') 1 else 2
    else if (char < '\u1680') if (char == '\u00a0') 1 else if (char == '\u00ad') 2 else 0
    else if (char >= '\u2000' && char <= '\u200a') 1
    else
      char match {
        case '\u1680' | '\u2028' | '\u2029' | '\u202f' | '\u205f' | '\u3000' => 1
        case '\u180e' | '\u200b' | '\u2060' | '\ufeff' => 2
        case _ => 0
      }

  /** Whether it is a Chinese or Japanese character or punctuation. Korean is not included: it has spaces between words. */
  def isWide(char: Char): Boolean =
    (char >= '\u2e80' && char <= '\u9fff' && !(char >= '\u3130' && char <= '\u318f')) || (char >= '\uf900' && char <= '\ufaff') ||
      (char >= '\ufe30' && char <= '\ufe4f') || (char >= '\uff01' && char <= '\uff60') || (char >= '\ud840' && char <= '\ud888')

  /** The text in as many backticks as it needs (CommonMark 6.1). */
  def codeSpan(inner: String): String = {
    var longest, run, i = 0
    while (i < inner.length) {
      run = if (inner.charAt(i) == '`') run + 1 else 0
      longest = math.max(longest, run)
      i += 1
    }
    val fence = "`" * (longest + 1)
    val pad = if (longest > 0 && (inner.startsWith("`") || inner.endsWith("`"))) " " else ""
    s"$fence$pad$inner$pad$fence"
  }
}
