package org.decantry.text

/** Finds the start and the end of an e-mail address around an `@`. The local part is atoms joined by single dots, and
  * begins at a word boundary. The host is two or more labels, or an address in brackets.
  *
  * Source: the pattern of datatrove 0.10.1 `pipeline/formatters/pii.py`. Matches are found from the `@`: each start
  * belongs to one `@` only, and the local part has no other `@`. So this search is linear, unlike the pattern.
  */
private[text] object EmailAddress {

  private val atom: Array[Boolean] = {
    val table = new Array[Boolean](128)
    (('A' to 'Z') ++ ('a' to 'z') ++ ('0' to '9') ++ "!#$%&'*+/=?^_`{|}~-").foreach(c => table(c.toInt) = true)
    table
  }

  private def isAtom(unit: Char): Boolean = unit < 128 && atom(unit.toInt)

  private def isAlphanumeric(unit: Char): Boolean =
    (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9')

  private def isLabel(unit: Char): Boolean = isAlphanumeric(unit) || unit == '-'

  /** The leftmost start from `floor` of a local part that ends before the `@` at `at`; -1 if there is none. */
  def localStart(text: String, at: Int, floor: Int): Int = {
    var first = at
    while (first > floor && (isAtom(text.charAt(first - 1)) || isInnerDot(text, first - 1, at, floor))) first -= 1
    while (first < at && !(isAtom(text.charAt(first)) && isBoundary(text, first))) first += 1
    if (first < at) first else -1
  }

  private def isInnerDot(text: String, i: Int, at: Int, floor: Int): Boolean =
    text.charAt(i) == '.' && i + 1 < at && text.charAt(i + 1) != '.' && i > floor && isAtom(text.charAt(i - 1))

  /** Python's `\b` before an atom's character at `i`. */
  private def isBoundary(text: String, i: Int): Boolean = {
    val inside = isAlphanumeric(text.charAt(i)) || text.charAt(i) == '_'
    inside != (i > 0 && Unicode14.isWord(text.codePointBefore(i)))
  }

  /** The end of the host that starts at `from`; -1 if there is none. */
  def hostEnd(text: String, from: Int): Int =
    if (from < text.length && text.charAt(from) == '[') bracketEnd(text, from + 1) else labelsEnd(text, from)

  /** The end of the labels. The last label loses the hyphens at its end. */
  private def labelsEnd(text: String, from: Int): Int = {
    var at = from
    var end = -1
    var labels = 0
    var open = true
    while (open && at < text.length && isAlphanumeric(text.charAt(at))) {
      var after = at
      while (after < text.length && isLabel(text.charAt(after))) after += 1
      var last = after
      while (text.charAt(last - 1) == '-') last -= 1
      labels += 1
      end = last
      open = last == after && after < text.length && text.charAt(after) == '.'
      at = after + 1
    }
    if (labels >= 2) end else -1
  }

  /** The end of an address in brackets: three octets with dots, then a fourth octet or a label and a colon. */
  private def bracketEnd(text: String, from: Int): Int = {
    var at = from
    var octets = 0
    while (octets < 3) {
      at = Ipv4Address.octetBeforeDot(text, at)
      if (at < 0) return -1
      octets += 1
    }
    var after = at
    while (after < text.length && isLabel(text.charAt(after))) after += 1
    if (after == at || after >= text.length) -1
    else if (text.charAt(after) == ']') if (Ipv4Address.isOctet(text, at, after)) after + 1 else -1
    else {
      val named = text.charAt(after) == ':' && isAlphanumeric(text.charAt(after - 1))
      if (named && after + 1 < text.length && text.charAt(after + 1) == ']') after + 2 else -1
    }
  }
}
