package org.decantry.text

/** Polynomial hashes in wrapping 64-bit arithmetic. */
private[text] object Hash {

  /** The base of the polynomial: an odd number whose bits are well distributed. */
  final val Base = 0x9e3779b97f4a7c15L

  private val powers: Array[Long] = {
    val table = new Array[Long](1024)
    table(0) = 1L
    for (i <- 1 until table.length) table(i) = table(i - 1) * Base
    table
  }

  /** Base to the power of `exponent`, which is not negative. */
  def power(exponent: Int): Long =
    if (exponent < powers.length) powers(exponent)
    else {
      var result = 1L
      var square = Base
      var left = exponent
      while (left > 0) {
        if ((left & 1) != 0) result *= square
        square *= square
        left >>= 1
      }
      result
    }

  /** Mixes all bits, so that the result can be used as an index. */
  def mix(hash: Long): Long = {
    val h = (hash ^ (hash >>> 32)) * 0xbf58476d1ce4e5b9L
    h ^ (h >>> 29)
  }
}
