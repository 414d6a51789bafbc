package org.decantry.page

/** A run of inline content as it is read: white space as browsers show it, in a plain and in a Markdown form.
  *
  * No-break and other spaces are spaces; what has no width, and control characters, are left out.
  */
private[page] final class Line {
  private val plain = new java.lang.StringBuilder
  private var rich: java.lang.StringBuilder = _
  private var space = false
  private var breaks = 0
  private var linked = 0
  private var code = 0
  private var codeStart = 0

  var links = 0
  var linkChars = 0

  def isEmpty: Boolean = plain.length == 0
  def text: String = plain.toString
  def markdown: String = if (rich == null) text else rich.toString
  def length: Int = plain.length

  /** How many breaks stand at the end. */
  def breaksAtEnd: Int = breaks

  def add(text: String): Unit = {
    var i = 0
    var before = plain.length
    while (i < text.length) {
      val char = text.charAt(i)
      val kind = Line.kind(char)
      if (kind == 0) {
        if (plain.length == before) before = settle()
        else settle()
        plain.append(char)
        if (rich != null) rich.append(char)
      } else if (kind == 1) space = true
      i += 1
    }
    if (linked > 0) linkChars += plain.length - before
  }

  /** A formula, or another piece whose two forms differ; it stands as it is. */
  def add(text: String, markdown: String): Unit =
    if (text.nonEmpty) {
      settle()
      fork()
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
      settle()
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

  /** Begins anew after the line was taken; links and code that are open stay so. */
  def clear(): Unit = {
    plain.setLength(0)
    rich = null
    space = false
    breaks = 0
    links = linked
    linkChars = 0
    if (code > 0) {
      fork()
      codeStart = 0
    }
  }

  /** Writes the space or break that is due, and says where what follows it begins. */
  private def settle(): Int = {
    val char = if (breaks > 0) '\n' else if (space && !isEmpty) ' ' else '\u0000'
    if (char != '\u0000') {
      plain.append(char)
      if (rich != null) rich.append(char)
    }
    space = false
    breaks = 0
    plain.length
  }

  private def fork(): Unit = if (rich == null) rich = new java.lang.StringBuilder(plain)
}

private[page] object Line {

  /** 0 for a character to keep, 1 for a space, 2 for one to leave out. */
  def kind(char: Char): Int =
    if (char > ' ' && char < '\u007f') 0
    else if (char == ' ' || (char >= '\t' && char <= '\r')) 1
    else if (char <= '\u009f') 2
    else if (char < '\u1680') if (char == '\u00a0') 1 else if (char == '\u00ad') 2 else 0
    else if (char >= '\u2000' && char <= '\u200a') 1
    else
      char match {
        case '\u1680' | '\u2028' | '\u2029' | '\u202f' | '\u205f' | '\u3000' => 1
        case '\u180e' | '\u200b' | '\u2060' | '\ufeff' => 2
        case _ => 0
      }

  /** The words between as many backticks as it takes (CommonMark 6.1). */
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
