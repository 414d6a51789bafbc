package org.decantry.text

/** Counts the tokens of one piece. One per thread.
  *
  * Merging takes quadratic time, so a piece of more than `Window` bytes (such as a long run of one character) is merged
  * in windows. A cut is exact if merging the bytes of the two tokens beside it gives the same two tokens: an encoding in
  * which this holds for all neighbours is the only one. So each window starts at the last such cut in the window before
  * it. If a window had none, the count could be wrong by one token.
  */
private[text] final class Gpt2Encoder {
  import Gpt2Encoder.{Kept, Window}

  private var bytes = new Array[Byte](1 << 12)
  private val parts = new Array[Int](Window)
  private val next = new Array[Int](Window)
  private val pair = new Array[Int](Window)
  private val ranks = new Array[Int](Window)

  /** The number of tokens in the units from `from` to before `until`. */
  def count(chars: Array[Char], from: Int, until: Int): Int = {
    val room = (until - from) * 3
    if (bytes.length < room || bytes.length > Kept) bytes = new Array[Byte](math.max(room, 1 << 12))
    val size = Utf8.encode(chars, from, until, bytes, 0)
    if (Gpt2Vocabulary.isToken(bytes, 0, size)) 1
    else if (size <= Window) merged(parts, 0, size)
    else windows(size)
  }

  /** Merges the bytes from `from` to before `until` into `into`. Returns the number of tokens. */
  private def merged(into: Array[Int], from: Int, until: Int): Int = {
    var i = from
    while (i < until) {
      into(i - from) = Gpt2Vocabulary.ofByte(bytes(i) & 0xff)
      i += 1
    }
    Gpt2Vocabulary.merge(into, until - from, ranks)
  }

  private def windows(size: Int): Int = {
    var total = 0
    var from = 0
    var length = merged(parts, 0, Window)
    while (from + Window < size) {
      var kept = length
      var cut = from + width(parts, length)
      var found = false
      var nextLength = 0
      while (!found && kept > 0) {
        nextLength = merged(next, cut, math.min(cut + Window, size))
        found = stays(parts(kept - 1), next(0)) || (kept == 1)
        if (!found) {
          kept -= 1
          cut -= Gpt2Vocabulary.tokens(parts(kept)).length
        }
      }
      total += kept
      from = cut
      System.arraycopy(next, 0, parts, 0, nextLength)
      length = nextLength
    }
    total + length
  }

  private def width(tokens: Array[Int], count: Int): Int = {
    var bytes = 0
    var i = 0
    while (i < count) {
      bytes += Gpt2Vocabulary.tokens(tokens(i)).length
      i += 1
    }
    bytes
  }

  /** Whether merging the bytes of the two tokens gives the two tokens. */
  private def stays(left: Int, right: Int): Boolean = {
    val before = Gpt2Vocabulary.tokens(left)
    val after = Gpt2Vocabulary.tokens(right)
    var i = 0
    while (i < before.length + after.length) {
      val byte = if (i < before.length) before(i) else after(i - before.length)
      pair(i) = Gpt2Vocabulary.ofByte(byte & 0xff)
      i += 1
    }
    Gpt2Vocabulary.merge(pair, i, ranks) == 2 && pair(0) == left && pair(1) == right
  }
}

private[text] object Gpt2Encoder {

  /** The number of bytes in a window: twice the longest token. */
  val Window = 256

  /** The largest buffer, in bytes, that is kept after a piece. */
  val Kept: Int = 1 << 20
}
