package org.decantry.text

/** Counts the tokens of one piece. One per thread.
  *
  * Merging takes time quadratic in the piece, so a piece of more than `Window` bytes (a run of one character, say) is
  * merged window by window. That is exact wherever the two tokens on either side of a cut stay as they are when merged
  * together: tokens of which each neighbouring pair does are the one encoding there is. Each window therefore
  * starts at the last such place of the window before; only if there were none would it start anywhere, and the count
  * could be a token off.
  */
private[text] final class Gpt2Encoder {
  import Gpt2Encoder.{Kept, Window}

  private var bytes = new Array[Byte](1 << 12)
  private val parts = new Array[Int](Window)
  private val next = new Array[Int](Window)
  private val pair = new Array[Int](Window)
  private val ranks = new Array[Int](Window)

  /** How many tokens the units from `from` to before `until` have. */
  def count(chars: Array[Char], from: Int, until: Int): Int = {
    val room = (until - from) * 3
    if (bytes.length < room || bytes.length > Kept) bytes = new Array[Byte](math.max(room, 1 << 12))
    val size = Utf8.encode(chars, from, until, bytes, 0)
    if (Gpt2Vocabulary.isToken(bytes, 0, size)) 1
    else if (size <= Window) merged(parts, 0, size)
    else windows(size)
  }

  /** Merges the bytes from `from` to before `until` into `into`; returns how many tokens. */
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

  /** Bytes merged at once: twice the longest token. */
  val Window = 256

  /** The largest buffer, in bytes, that outlives a piece. */
  val Kept: Int = 1 << 20
}
