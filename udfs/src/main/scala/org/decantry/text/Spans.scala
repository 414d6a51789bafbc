package org.decantry.text

/** Pieces of one string compared by content: 64-bit polynomial hashes find candidates, characters confirm them.
  *
  * Nothing is boxed or copied, and equality is exact. Pieces are `[start, end)` in UTF-16 units of `text`.
  */
final class Spans(text: Array[Char], length: Int) {
  import Spans._

  private val prefix = new Array[Long](length + 1)
  private val power = new Array[Long](length + 1)

  locally {
    power(0) = 1L
    var i = 0
    while (i < length) {
      prefix(i + 1) = prefix(i) * Base + text(i) + 1
      power(i + 1) = power(i) * Base
      i += 1
    }
  }

  private def hash(start: Int, end: Int): Long = {
    val h = prefix(end) - prefix(start) * power(end - start)
    (h ^ (h >>> 29)) * Mix
  }

  private def same(a: Int, b: Int, size: Int): Boolean =
    java.util.Arrays.equals(text, a, a + size, text, b, b + size)

  /** A set of pieces that remembers, for each, the first place it was seen at and how often. */
  final class Seen(capacity: Int) {
    private val mask = Integer.highestOneBit(math.max(4, capacity * 2) - 1) * 2 - 1
    private val starts = new Array[Int](mask + 1)
    private val sizes = new Array[Int](mask + 1)
    private val hashes = new Array[Long](mask + 1)
    private val counts = new Array[Int](mask + 1)

    /** Count the piece in, and return how often it has been seen, this time included. */
    def add(start: Int, end: Int): Int = {
      val slot = find(start, end)
      if (counts(slot) == 0) {
        starts(slot) = start
        sizes(slot) = end - start
        hashes(slot) = hash(start, end)
      }
      counts(slot) += 1
      counts(slot)
    }

    /** How often the piece has been seen. */
    def count(start: Int, end: Int): Int = counts(find(start, end))

    private def find(start: Int, end: Int): Int = {
      val wanted = hash(start, end)
      val size = end - start
      var slot = (wanted ^ (wanted >>> 32)).toInt & mask
      while (
        counts(slot) != 0 &&
        !(hashes(slot) == wanted && sizes(slot) == size && same(starts(slot), start, size))
      ) slot = (slot + 1) & mask
      slot
    }
  }

  def seen(capacity: Int): Seen = new Seen(capacity)
}

object Spans {
  private final val Base = 0x9e3779b97f4a7c15L | 1L
  private final val Mix = 0xbf58476d1ce4e5b9L
}
