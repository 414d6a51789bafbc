package org.decantry.page

/** Hashes of words. A word is a run of letters and digits, ignoring case; each CJK character is a word. */
private[page] object Words {

  val Start = 0xcbf29ce484222325L

  /** FNV-1a over UTF-16 units (draft-eastlake-fnv). */
  def hash(state: Long, char: Char): Long = (state ^ small(char)) * 0x100000001b3L

  private def small(char: Char): Char =
    if (char >= 128) Character.toLowerCase(char) else if (char >= 'A' && char <= 'Z') (char + 32).toChar else char

  /** The hash of two adjacent words. */
  def pair(first: Long, second: Long): Long = (first * 31 + second) * 0x9e3779b97f4a7c15L

  def isCjk(char: Char): Boolean =
    char >= '\u2e80' && ((char <= '\u9fff' && !(char >= '\u3000' && char <= '\u303f')) || (char >= '\uf900' && char <= '\ufaff') ||
      (char >= '\u3400' && char <= '\u4dbf') || Character.isSurrogate(char) && char >= '\ud840' && char <= '\ud888')

  /** The hashes of a text's words, in order. */
  def hashes(text: String): Array[Long] = {
    val found = Array.newBuilder[Long]
    var state = Start
    var open = false
    var i = 0
    while (i <= text.length) {
      val char = if (i < text.length) text.charAt(i) else ' '
      if (isCjk(char)) {
        if (open) found += state
        found += hash(Start, char)
        state = Start
        open = false
      } else if (Character.isLetterOrDigit(char)) {
        state = hash(state, char)
        open = true
      } else if (open) {
        found += state
        state = Start
        open = false
      }
      i += 1
    }
    found.result()
  }
}

/** A map from 64-bit hashes to bits, with open addressing and without boxing. */
private[page] final class HashBits(entries: Int) {
  private val mask = Integer.highestOneBit(math.max(8, entries) * 4 - 1) * 2 - 1
  private val keys = new Array[Long](mask + 1)
  private val values = new Array[Int](mask + 1)

  def add(key: Long, bits: Int): Unit = {
    val at = slot(key)
    keys(at) = key
    values(at) |= bits
  }

  /** Adds 1 to the number that the key has instead of bits. */
  def count(key: Long): Unit = {
    val at = slot(key)
    keys(at) = key
    values(at) += 1
  }

  /** The bits of a key; 0 if the map does not have it. */
  def get(key: Long): Int = values(slot(key))

  private def slot(key: Long): Int = {
    var at = (key * 0x9e3779b97f4a7c15L >>> 32).toInt & mask // Fibonacci hashing (Knuth, TAOCP 6.4)
    while (values(at) != 0 && keys(at) != key) at = (at + 1) & mask
    at
  }
}
