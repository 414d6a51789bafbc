package org.decantry.fasttext

/** The hashes of a line's words in order, from which its n-grams are computed. */
private[fasttext] final class Words {
  private var hashes = new Array[Int](1024)
  private var count = 0

  def size: Int = count

  def apply(at: Int): Int = hashes(at)

  def add(hash: Int): Unit = {
    if (count == hashes.length) hashes = java.util.Arrays.copyOf(hashes, 2 * count)
    hashes(count) = hash
    count += 1
  }

  /** Removes the words, and releases the memory if a long text has enlarged it. */
  def clear(): Unit = {
    count = 0
    if (hashes.length > Words.MostHeld) hashes = new Array[Int](1024)
  }
}

private[fasttext] object Words {
  private val MostHeld = 1 << 18
}
