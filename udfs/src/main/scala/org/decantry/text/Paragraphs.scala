package org.decantry.text

/** Keys of the paragraphs of a text, which are its lines. Equal paragraphs have equal keys. */
object Paragraphs {

  /** The key of paragraphs that are not compared. */
  final val Blank = 0L

  /** The key of each line (lines end at a line feed): the first 8 bytes of the SHA-1 of its normal form; `Blank` if the
    * normal form is empty, or has fewer than `minWords` words: those between its spaces, or of `Words` if the
    * `language` has no spaces between words. Source: cc_net `cc_net/dedup.py` (64 bits of SHA-1 of a normalised line).
    */
  def keys(text: String, minWords: Int, language: String = "en"): Array[Long] = {
    val keys = new LongBuffer
    val cutting = Languages.cutting(language, text)
    var from = 0
    while (from <= text.length) {
      val feed = text.indexOf('\n', from)
      val until = if (feed < 0) text.length else feed
      keys.push(key(Normalize.normalize(text.substring(from, until)), minWords, cutting))
      from = until + 1
    }
    Array.tabulate(keys.length)(keys(_))
  }

  private def key(normal: String, minWords: Int, cutting: Cutting): Long =
    if (normal.isEmpty || (minWords > 1 && words(normal, cutting) < minWords)) Blank else Sha1.hash64(normal)

  /** The number of words. In the normal form, single spaces separate them. */
  private def words(normal: String, cutting: Cutting): Int =
    if (cutting.spaced) spaces(normal) + 1 else Words.count(normal, cutting)

  private def spaces(normal: String): Int = {
    var count = 0
    var i = 0
    while (i < normal.length) {
      if (normal.charAt(i) == ' ') count += 1
      i += 1
    }
    count
  }
}
