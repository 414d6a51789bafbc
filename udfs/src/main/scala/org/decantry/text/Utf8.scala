package org.decantry.text

/** UTF-8 without intermediate strings. A lone surrogate becomes U+FFFD, as in Spark. */
private[text] object Utf8 {

  /** Writes the units from `from` to before `until` at `at`, and returns the index after them. A unit takes at most three
    * bytes.
    */
  def encode(chars: Array[Char], from: Int, until: Int, bytes: Array[Byte], at: Int): Int = {
    var out = at
    var i = from
    while (i < until) {
      val unit = chars(i)
      if (unit < 0x80) {
        bytes(out) = unit.toByte
        out += 1
        i += 1
      } else {
        val point = Character.codePointAt(chars, i, until)
        i += Character.charCount(point)
        out = encode(point, bytes, out)
      }
    }
    out
  }

  /** Writes one code point at `at`, and returns the index after it. */
  def encode(point: Int, bytes: Array[Byte], at: Int): Int =
    if (point < 0x80) {
      bytes(at) = point.toByte
      at + 1
    } else if (point < 0x800) {
      bytes(at) = (0xc0 | (point >> 6)).toByte
      bytes(at + 1) = (0x80 | (point & 0x3f)).toByte
      at + 2
    } else if (point < 0x10000) {
      val written = if (point >= 0xd800 && point < 0xe000) 0xfffd else point
      bytes(at) = (0xe0 | (written >> 12)).toByte
      bytes(at + 1) = (0x80 | ((written >> 6) & 0x3f)).toByte
      bytes(at + 2) = (0x80 | (written & 0x3f)).toByte
      at + 3
    } else {
      bytes(at) = (0xf0 | (point >> 18)).toByte
      bytes(at + 1) = (0x80 | ((point >> 12) & 0x3f)).toByte
      bytes(at + 2) = (0x80 | ((point >> 6) & 0x3f)).toByte
      bytes(at + 3) = (0x80 | (point & 0x3f)).toByte
      at + 4
    }
}
