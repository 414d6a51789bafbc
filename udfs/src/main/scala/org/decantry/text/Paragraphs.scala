package org.decantry.text

/** The paragraphs of a text, which are its lines, as keys that equal paragraphs share. */
object Paragraphs {

  /** The key of a paragraph that has nothing to compare. */
  final val Blank = 0L

  /** A key a line (cut at each line feed): the first 8 bytes of the SHA-1 of its normal form; `Blank` where nothing is
    * left of it, or fewer than `minWords` words. Source: cc_net `cc_net/dedup.py` (64 bits of SHA-1 of a normalised line).
    */
  def keys(text: String, minWords: Int): Array[Long] = {
    val keys = new LongBuffer
    var from = 0
    while (from <= text.length) {
      val feed = text.indexOf('\n', from)
      val until = if (feed < 0) text.length else feed
      keys.push(key(Normalize.normalize(text.substring(from, until)), minWords))
      from = until + 1
    }
    Array.tabulate(keys.length)(keys(_))
  }

  private def key(normal: String, minWords: Int): Long =
    if (normal.isEmpty || words(normal) < minWords) Blank else Sha1.hash64(normal)

  /** Words between spaces: the normal form has no other white space, and no two spaces in a row. */
  private def words(normal: String): Int = {
    var count = 1
    var i = 0
    while (i < normal.length) {
      if (normal.charAt(i) == ' ') count += 1
      i += 1
    }
    count
  }
}
