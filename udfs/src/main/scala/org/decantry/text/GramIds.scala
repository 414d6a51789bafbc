package org.decantry.text

/** Numbers for the n-grams of a list of words: equal n-grams have the same number. The number of an n-gram is that of the
  * pair of its first n-1 words and its last word, so different n-grams always have different numbers.
  *
  * @param words a number for each word, from 0, the same for equal words
  */
private[text] final class GramIds(words: Array[Int]) {
  private val ids = words.clone()
  private val table = new LongNumbers(words.length)
  private var size = 1
  private val counted = new Array[Int](math.max(words.length, 1))

  /** The number of n-grams. */
  def length: Int = math.max(0, words.length - size + 1)

  /** The number of the n-gram that begins with word `i`. */
  def apply(i: Int): Int = ids(i)

  /** How often the n-gram that begins with word `i` occurs. */
  def count(i: Int): Int = counted(ids(i))

  /** Continues with n-grams that are one word longer. */
  def longer(): Unit = {
    size += 1
    table.clear()
    java.util.Arrays.fill(counted, 0)
    var i = 0
    while (i < length) {
      ids(i) = table.numberOf((ids(i).toLong << 32) | words(i + size - 1))
      counted(ids(i)) += 1
      i += 1
    }
  }
}

private[text] object GramIds {

  /** The n-grams of words. They start with one word each. */
  def of(words: Array[String]): GramIds = {
    val numbers = new java.util.HashMap[String, Integer](words.length * 2)
    new GramIds(words.map { word =>
      val known = numbers.get(word)
      if (known != null) known.intValue
      else {
        numbers.put(word, numbers.size)
        numbers.size - 1
      }
    })
  }
}
