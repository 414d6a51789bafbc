package org.decantry.page

/** The natural logarithm of 1 plus a number. Those of small numbers, which most are, are computed once. */
private[page] object Logarithms {

  private val small: Array[Float] = Array.tabulate(1024)(computed)

  /** The logarithm; 0 for a negative number. */
  def of(value: Int): Float = if (value >= 0 && value < small.length) small(value) else computed(value)

  private def computed(value: Int): Float = math.log1p(math.max(0, value).toDouble).toFloat
}
