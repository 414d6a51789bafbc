package org.decantry.text

/** A growing array of integers. */
private[text] final class IntBuffer {
  private var values = new Array[Int](64)
  private var count = 0

  def length: Int = count

  def apply(i: Int): Int = values(i)

  def push(value: Int): Unit = {
    if (count == values.length) values = java.util.Arrays.copyOf(values, count * 2)
    values(count) = value
    count += 1
  }

  def clear(): Unit = count = 0

  def toArray: Array[Int] = java.util.Arrays.copyOf(values, count)
}
