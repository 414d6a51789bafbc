package org.decantry.text

/** A set of ranges of one text, compared by their characters. Hashes find candidates, and characters confirm them.
  *
  * @param chars the text's UTF-16 units; a range is `[start, end)` of them
  */
private[text] final class Stretches(chars: Array[Char]) {
  import Stretches._

  private var starts = new Array[Int](FirstRoom / 2)
  private var ends = new Array[Int](FirstRoom / 2)
  private var count = 0

  /** Open addressing: the upper half of a slot is the upper half of the hash, the lower half the range's number plus 1. */
  private var slots = new Array[Long](FirstRoom)
  private var hashes = new Array[Long](FirstRoom / 2)

  /** Adds the range. Returns whether an equal one was added before. */
  def repeats(start: Int, end: Int): Boolean = {
    val wanted = hash(start, end)
    val mask = slots.length - 1
    var slot = wanted.toInt & mask
    while (slots(slot) != 0 && !(((slots(slot) ^ wanted) >>> 32) == 0 && same(slots(slot).toInt - 1, start, end)))
      slot = (slot + 1) & mask
    if (slots(slot) != 0) true
    else {
      if (count == starts.length) grow()
      starts(count) = start
      ends(count) = end
      hashes(count) = wanted
      count += 1
      put(wanted, count)
      false
    }
  }

  private def same(number: Int, start: Int, end: Int): Boolean =
    java.util.Arrays.equals(chars, starts(number), ends(number), chars, start, end)

  private def put(hash: Long, number: Int): Unit = {
    val mask = slots.length - 1
    var slot = hash.toInt & mask
    while (slots(slot) != 0) slot = (slot + 1) & mask
    slots(slot) = (hash & UpperHalf) | number
  }

  private def grow(): Unit = {
    val room = count * 2
    starts = java.util.Arrays.copyOf(starts, room)
    ends = java.util.Arrays.copyOf(ends, room)
    hashes = java.util.Arrays.copyOf(hashes, room)
    slots = new Array[Long](room * 2)
    var i = 0
    while (i < count) {
      put(hashes(i), i + 1)
      i += 1
    }
  }

  /** The polynomial hash, computed for four characters at a time. */
  private def hash(start: Int, end: Int): Long = {
    var h = (end - start).toLong
    var i = start
    while (i + 4 <= end) {
      h = h * Base4 + chars(i) * Base3 + chars(i + 1) * Base2 + chars(i + 2) * Base + chars(i + 3)
      i += 4
    }
    while (i < end) {
      h = h * Base + chars(i)
      i += 1
    }
    Hash.mix(h)
  }
}

private object Stretches {
  private final val FirstRoom = 128
  private final val UpperHalf = 0xffffffff00000000L
  private final val Base = Hash.Base
  private final val Base2 = Base * Base
  private final val Base3 = Base2 * Base
  private final val Base4 = Base3 * Base
}
