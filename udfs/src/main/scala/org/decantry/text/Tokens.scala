package org.decantry.text

/** The tokens of one text: ranges of its UTF-16 units, in order, not empty and without overlap. An object is reused by one
  * thread: `Words.scan` fills it, and its tokens are valid until the next call.
  */
final class Tokens {
  private var units = new Array[Char](0)
  private var firsts = new Array[Int](0)
  private var ends = new Array[Int](0)
  private var count = 0
  private var size = 0

  /** A scratch buffer for the tokenizer: ends of suffixes and special cases. Empty between uses. */
  private[text] val scratch = new LongBuffer

  /** The number of tokens. */
  def length: Int = count

  /** The start of token `i` in the text. */
  def start(i: Int): Int = firsts(i)

  /** The end of token `i`: the index after its last unit. */
  def end(i: Int): Int = ends(i)

  /** The text's UTF-16 units; only the first `charCount` belong to it. Read-only. */
  def chars: Array[Char] = units

  /** The text's length in UTF-16 units. */
  def charCount: Int = size

  /** Token `i` as a string. */
  def text(i: Int): String = new String(units, firsts(i), ends(i) - firsts(i))

  private[text] def begin(text: String): Unit = {
    size = text.length
    if (units.length < size) units = new Array[Char](size)
    text.getChars(0, size, units, 0)
    count = 0
  }

  private[text] def add(from: Int, until: Int): Unit = {
    if (count == firsts.length) {
      val capacity = math.max(count * 2, size / 4 + 8)
      firsts = java.util.Arrays.copyOf(firsts, capacity)
      ends = java.util.Arrays.copyOf(ends, capacity)
    }
    firsts(count) = from
    ends(count) = until
    count += 1
  }

  /** Moves the end of the last token. */
  private[text] def extend(until: Int): Unit = ends(count - 1) = until

  /** Adds consecutive tokens of the given lengths. */
  private[text] def addPieces(from: Int, lengths: Array[Int]): Unit = {
    var at = from
    var i = 0
    while (i < lengths.length) {
      add(at, at + lengths(i))
      at += lengths(i)
      i += 1
    }
  }

  /** Drops all tokens and returns copies of their bounds. */
  private[text] def takeAll(): (Array[Int], Array[Int]) = {
    val taken = (java.util.Arrays.copyOf(firsts, count), java.util.Arrays.copyOf(ends, count))
    count = 0
    taken
  }
}
