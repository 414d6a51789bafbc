package org.decantry.text

import java.util.concurrent.ConcurrentHashMap

/** The random functions h(x) = (a x + b) mod (2^61 - 1) of MinHash. The product and the sum wrap at 2^64 before the
  * modulus, as numpy's uint64 does: exact arithmetic would give other signatures.
  * Source: datatrove 0.10.1 `pipeline/dedup/minhash.py`.
  *
  * @param a the multipliers, 1 to 2^61 - 2
  * @param b the summands, 0 to 2^61 - 2
  */
private[text] final class Permutations(val a: Array[Long], val b: Array[Long]) {
  import Permutations.Prime

  /** For each function the smallest value over the first `count` shingles, `count` at least 1. */
  def minima(shingles: Array[Long], count: Int): Array[Long] = {
    val result = new Array[Long](a.length)
    var j = 0
    while (j <= a.length - 4) {
      four(shingles, count, j, result)
      j += 4
    }
    while (j < a.length) {
      result(j) = one(shingles, count, j)
      j += 1
    }
    result
  }

  /** Four functions at a time: their products do not wait for each other, and each shingle is read once for all. */
  private def four(shingles: Array[Long], count: Int, j: Int, result: Array[Long]): Unit = {
    val a0 = a(j)
    val a1 = a(j + 1)
    val a2 = a(j + 2)
    val a3 = a(j + 3)
    val b0 = b(j)
    val b1 = b(j + 1)
    val b2 = b(j + 2)
    val b3 = b(j + 3)
    var m0, m1, m2, m3 = Prime
    var i = 0
    while (i < count) {
      val x = shingles(i)
      m0 = math.min(m0, residue(x * a0 + b0))
      m1 = math.min(m1, residue(x * a1 + b1))
      m2 = math.min(m2, residue(x * a2 + b2))
      m3 = math.min(m3, residue(x * a3 + b3))
      i += 1
    }
    result(j) = m0
    result(j + 1) = m1
    result(j + 2) = m2
    result(j + 3) = m3
  }

  private def one(shingles: Array[Long], count: Int, j: Int): Long = {
    var least = Prime
    var i = 0
    while (i < count) {
      least = math.min(least, residue(shingles(i) * a(j) + b(j)))
      i += 1
    }
    least
  }

  /** The unsigned value modulo the prime: 2^61 is 1 there, so the three high bits are added to the low ones; the sum is
    * below 2^61 + 7 and wraps at most once.
    */
  @inline private def residue(value: Long): Long = {
    val folded = (value & Prime) + (value >>> 61)
    (folded + ((folded + 1) >>> 61)) & Prime
  }
}

private[text] object Permutations {
  val Prime: Long = (1L << 61) - 1

  private val made = new ConcurrentHashMap[(Int, Long), Permutations]()

  /** `count` functions from a seed: all multipliers are drawn first, then all summands. */
  def of(count: Int, seed: Long): Permutations =
    made.computeIfAbsent((count, seed), { _ =>
      val random = new NumpyRandom(seed)
      val a = Array.fill(count)(random.between(1, Prime))
      val b = Array.fill(count)(random.between(0, Prime))
      new Permutations(a, b)
    })
}
