package org.decantry.text

/** A growing array of numbers, unboxed. */
private[text] final class LongBuffer {
  private var values = new Array[Long](16)
  private var count = 0

  def length: Int = count
  def apply(i: Int): Long = values(i)
  def clear(): Unit = count = 0

  def push(value: Long): Unit = {
    if (count == values.length) values = java.util.Arrays.copyOf(values, count * 2)
    values(count) = value
    count += 1
  }

  /** Removes and returns the last number. */
  def pop(): Long = {
    count -= 1
    values(count)
  }

  def sort(): Unit = java.util.Arrays.sort(values, 0, count)
}
