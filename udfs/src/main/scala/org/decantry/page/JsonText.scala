package org.decantry.page

/** Reads strings from JSON that may not be well-formed. */
private[page] object JsonText {

  /** The first string value of a key from an index on; empty if there is none. */
  def string(json: String, key: String, from: Int): String = {
    var at = json.indexOf("\"" + key + "\"", from)
    while (at >= 0) {
      var i = skip(json, at + key.length + 2)
      if (i < json.length && json.charAt(i) == ':') {
        i = skip(json, i + 1)
        if (i < json.length && json.charAt(i) == '"') return unescaped(json, i + 1)
      }
      at = json.indexOf("\"" + key + "\"", at + 1)
    }
    ""
  }

  private def skip(json: String, from: Int): Int = {
    var i = from
    while (i < json.length && json.charAt(i) <= ' ') i += 1
    i
  }

  private def unescaped(json: String, from: Int): String = {
    val out = new java.lang.StringBuilder
    var i = from
    while (i < json.length && json.charAt(i) != '"' && out.length < 1000) {
      val char = json.charAt(i)
      if (char == '\\' && i + 1 < json.length) {
        i += 1
        json.charAt(i) match {
          case 'n' | 't' | 'r' | 'b' | 'f' => out.append(' ')
          case 'u' if i + 4 < json.length && (1 to 4).forall(k => Character.digit(json.charAt(i + k), 16) >= 0) =>
            out.append(Integer.parseInt(json.substring(i + 1, i + 5), 16).toChar)
            i += 4
          case other => out.append(other)
        }
      } else out.append(char)
      i += 1
    }
    out.toString
  }
}
