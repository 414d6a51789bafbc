package org.decantry.text

/** The n-grams of one text's words. An object is reused by one thread; `begin` fills it. N-grams are not boxed or copied:
  * prefix hashes find candidates, and characters confirm them.
  */
private[text] final class WordGrams {
  private var count = 0
  private var chars = new Array[Char](0) // the words without white space between them
  private var starts = new Array[Int](1) // the start of each word there, and the end of the last
  private var points = starts // the same in code points
  private var letters = new Array[Long](1) // prefix hashes over characters
  private var words = new Array[Long](1) // prefix hashes over words
  private var counts = new Array[Int](0)

  /** Open addressing: the upper half of a slot is the upper half of the hash, the lower half the n-gram's index plus 1. */
  private var table = new Array[Long](0)

  def begin(tokens: Tokens): Unit = {
    count = tokens.length
    reserve(tokens.charCount)
    val text = tokens.chars
    var pairs = false
    var at = 0
    var i = 0
    while (i < count) {
      starts(i) = at
      var hash = 0L
      var k = tokens.start(i)
      val end = tokens.end(i)
      val first = at
      while (k < end) {
        val unit = text(k)
        pairs |= Character.isSurrogate(unit)
        hash = hash * Hash.Base + unit
        chars(at) = unit
        at += 1
        k += 1
      }
      letters(i + 1) = letters(i) * Hash.power(at - first) + hash
      words(i + 1) = words(i) * Hash.Base + Hash.mix(hash)
      i += 1
    }
    starts(count) = at
    points = if (pairs) codePoints() else starts
  }

  private def reserve(charCount: Int): Unit = {
    if (chars.length < charCount) chars = new Array[Char](charCount)
    if (starts.length <= count) {
      val room = count + count / 4 + 1
      starts = new Array[Int](room)
      letters = new Array[Long](room)
      words = new Array[Long](room)
      counts = new Array[Int](room)
    }
    val least = Integer.highestOneBit(math.max(count, 8)) * 4
    if (table.length < least) table = new Array[Long](least)
  }

  private def codePoints(): Array[Int] = {
    val table = new Array[Int](count + 1)
    var i = 0
    while (i < count) {
      table(i + 1) = table(i) + Character.codePointCount(chars, starts(i), starts(i + 1) - starts(i))
      i += 1
    }
    table
  }

  /** The code points of the most frequent n-gram (its words joined by spaces) times its count. Of several, the first one
    * counts. Two n-grams are equal if their words are.
    */
  def top(n: Int): Int = {
    val grams = count - n + 1
    if (grams <= 0) return 0
    val mask = clear(grams)
    val slots = table
    val prefix = words
    java.util.Arrays.fill(counts, 0, grams, 0)
    var power = 1L
    for (_ <- 1 to n) power *= Hash.Base
    var most = 0
    var i = 0
    while (i < grams) {
      val hash = Hash.mix(prefix(i + n) - prefix(i) * power)
      var slot = hash.toInt & mask
      while (slots(slot) != 0 && !(((slots(slot) ^ hash) >>> 32) == 0 && sameWords(slots(slot).toInt - 1, i, n)))
        slot = (slot + 1) & mask
      if (slots(slot) == 0) slots(slot) = (hash & 0xffffffff00000000L) | (i + 1)
      val first = slots(slot).toInt - 1
      counts(first) += 1
      if (counts(first) > most) most = counts(first)
      i += 1
    }
    i = 0
    while (counts(i) != most) i += 1
    (points(i + n) - points(i) + n - 1) * most
  }

  /** The code points of repeated n-grams. After a repeated n-gram, the next one begins behind it. Two n-grams are equal if
    * their words, joined without spaces, are.
    */
  def duplicated(n: Int): Int = {
    val grams = count - n + 1
    if (grams <= 0) return 0
    val mask = clear(grams)
    val slots = table
    val prefix = letters
    val offsets = starts
    var repeated = 0
    var i = 0
    while (i < grams) {
      val hash = Hash.mix(prefix(i + n) - prefix(i) * Hash.power(offsets(i + n) - offsets(i)))
      var slot = hash.toInt & mask
      while (slots(slot) != 0 && !(((slots(slot) ^ hash) >>> 32) == 0 && sameLetters(slots(slot).toInt - 1, i, n)))
        slot = (slot + 1) & mask
      if (slots(slot) == 0) {
        slots(slot) = (hash & 0xffffffff00000000L) | (i + 1)
        i += 1
      } else {
        repeated += points(i + n) - points(i)
        i += n
      }
    }
    repeated
  }

  /** Clears a table for twice as many n-grams, and returns its mask. */
  private def clear(grams: Int): Int = {
    val size = Integer.highestOneBit(math.max(grams, 8)) * 4
    java.util.Arrays.fill(table, 0, size, 0L)
    size - 1
  }

  private def sameLetters(a: Int, b: Int, n: Int): Boolean =
    java.util.Arrays.equals(chars, starts(a), starts(a + n), chars, starts(b), starts(b + n))

  private def sameWords(a: Int, b: Int, n: Int): Boolean = {
    val shift = starts(b) - starts(a)
    var k = 1
    while (k <= n && starts(b + k) - starts(a + k) == shift) k += 1
    k > n && sameLetters(a, b, n)
  }
}

private[text] object WordGrams {

  /** A text with more words gets its own tables, which are not reused. */
  private val MostHeld = 1 << 17

  private val held: ThreadLocal[WordGrams] = ThreadLocal.withInitial(() => new WordGrams)

  /** The n-grams of `tokens`. They are valid until the thread's next call. */
  def of(tokens: Tokens): WordGrams = {
    val grams = if (tokens.length > MostHeld) new WordGrams else held.get
    grams.begin(tokens)
    grams
  }
}
