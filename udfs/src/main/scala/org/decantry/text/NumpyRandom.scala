package org.decantry.text

/** numpy's legacy generator, `numpy.random.RandomState(seed)`: MT19937, seeded as numpy seeds it from an integer.
  * Sources: Matsumoto and Nishimura 1998; numpy 2.4 `random/mtrand.pyx`, `random/src/mt19937`, `random/src/distributions`.
  *
  * @param seed 0 to 2^32 - 1
  */
final class NumpyRandom(seed: Long) {
  require(seed >= 0 && seed < (1L << 32), s"the seed must be between 0 and 4294967295, not $seed")

  private val Size = 624
  private val Shift = 397
  private val state = new Array[Int](Size)
  private var position = Size

  state(0) = seed.toInt
  for (i <- 1 until Size) state(i) = 1812433253 * (state(i - 1) ^ (state(i - 1) >>> 30)) + i

  /** The next 32 bits. */
  def nextInt(): Int = {
    if (position == Size) twist()
    var y = state(position)
    position += 1
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^ (y >>> 18)
  }

  /** The next 64 bits, the high half drawn first. */
  def nextLong(): Long = {
    val high = nextInt().toLong << 32
    high | (nextInt() & 0xffffffffL)
  }

  /** An integer between `low` and `high`, `high` excluded, as `randint(low, high, dtype=uint64)` draws it: masked
    * bits are drawn until they are in the range. The range must be wider than 32 bits, so that numpy draws 64 bits at once.
    */
  def between(low: Long, high: Long): Long = {
    val most = high - 1 - low
    require(most > 0xffffffffL, "the range must be wider than 32 bits")
    val mask = -1L >>> java.lang.Long.numberOfLeadingZeros(most)
    var drawn = nextLong() & mask
    while (drawn > most) drawn = nextLong() & mask
    low + drawn
  }

  private def twist(): Unit = {
    for (i <- 0 until Size) {
      val y = (state(i) & 0x80000000) | (state((i + 1) % Size) & 0x7fffffff)
      val odd = if ((y & 1) == 0) 0 else 0x9908b0df
      state(i) = state((i + Shift) % Size) ^ (y >>> 1) ^ odd
    }
    position = 0
  }
}
