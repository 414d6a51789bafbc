package org.decantry.text

/** Numbers distinct keys in the order in which they are first asked for, from 0. Open addressing.
  *
  * @param most the most keys between two calls of `clear`
  */
private[text] final class LongNumbers(most: Int) {
  private val mask = Integer.highestOneBit(math.max(most, 8)) * 4 - 1
  private val keys = new Array[Long](mask + 1)
  private val numbers = new Array[Int](mask + 1) // plus 1; 0 is an empty slot
  private var count = 0

  def numberOf(key: Long): Int = {
    var slot = Hash.mix(key).toInt & mask
    while (numbers(slot) != 0 && keys(slot) != key) slot = (slot + 1) & mask
    if (numbers(slot) == 0) {
      count += 1
      keys(slot) = key
      numbers(slot) = count
    }
    numbers(slot) - 1
  }

  def clear(): Unit = {
    java.util.Arrays.fill(numbers, 0)
    count = 0
  }
}
