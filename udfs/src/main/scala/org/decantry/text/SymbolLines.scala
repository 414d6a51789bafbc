package org.decantry.text

/** Replaces each run of lines of `|` and spaces by an empty paragraph.
  *
  * Source: datatrove 0.10.1 `pipeline/formatters/symbol_lines_remover.py` with FineWeb2's setting. There, all ends of
  * lines become line feeds; here, only a line feed ends a line, and other characters stay.
  */
object SymbolLines {

  def drop(text: String): String = {
    if (text.indexOf('|') < 0) return text
    val out = new java.lang.StringBuilder(text.length)
    var start = 0
    var first = true
    var dropping = false
    while (start <= text.length) {
      val feed = text.indexOf('\n', start)
      val end = if (feed < 0) text.length else feed
      val symbols = isSymbols(text, start, end)
      if (!symbols || !dropping) {
        if (!first) out.append('\n')
        if (symbols) out.append('\n') else out.append(text, start, end)
        first = false
      }
      dropping = symbols
      start = end + 1
    }
    out.toString
  }

  private def isSymbols(text: String, from: Int, until: Int): Boolean = {
    var bars = false
    var i = from
    while (i < until && (text.charAt(i) == '|' || text.charAt(i) == ' ')) {
      bars |= text.charAt(i) == '|'
      i += 1
    }
    bars && i == until
  }
}
