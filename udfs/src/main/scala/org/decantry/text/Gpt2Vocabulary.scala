package org.decantry.text

import java.io.{BufferedReader, InputStreamReader}
import java.nio.charset.StandardCharsets.US_ASCII
import java.util.Base64

import com.knuddels.jtokkit.Encodings

/** GPT-2's 50,256 tokens and the merges between them. The ranks are jtokkit's r50k_base: a token's number is the rank of
  * the merge that makes it.
  */
private[text] object Gpt2Vocabulary {

  /** The bytes of each token. */
  val tokens: Array[Array[Byte]] = read()

  /** The token of each single byte. */
  val ofByte: Array[Int] = {
    val table = new Array[Int](256)
    for (id <- tokens.indices if tokens(id).length == 1) table(tokens(id)(0) & 0xff) = id
    table
  }

  /** The token that a pair of tokens merges to. */
  private val merges = new IntPairs(1 << 18)

  private val wordMask = (1 << 17) - 1
  private val words: Array[Int] = Array.fill(wordMask + 1)(-1)

  for (id <- tokens.indices) {
    val bytes = tokens(id)
    if (bytes.length > 1) {
      // With the merges so far, a token's bytes merge into the two tokens that its own merge joins.
      val parts = bytes.map(byte => ofByte(byte & 0xff))
      val count = merge(parts, parts.length, new Array[Int](parts.length))
      require(count == 2, s"r50k_base: token $id is made of $count parts")
      merges.put(parts(0), parts(1), id)
    }
    var slot = hash(bytes, 0, bytes.length) & wordMask
    while (words(slot) >= 0) slot = (slot + 1) & wordMask
    words(slot) = id
  }

  /** Whether the bytes are one token. */
  def isToken(bytes: Array[Byte], from: Int, until: Int): Boolean = {
    var slot = hash(bytes, from, until) & wordMask
    while (words(slot) >= 0) {
      val token = tokens(words(slot))
      if (java.util.Arrays.equals(token, 0, token.length, bytes, from, until)) return true
      slot = (slot + 1) & wordMask
    }
    false
  }

  /** Merges the first `count` parts in place, lowest rank first and leftmost among equals, until nothing merges.
    *
    * @param ranks a buffer for `count` numbers
    * @return the number of parts that remain
    */
  def merge(parts: Array[Int], count: Int, ranks: Array[Int]): Int = {
    var length = count
    var i = 0
    while (i < length - 1) {
      ranks(i) = merges.get(parts(i), parts(i + 1))
      i += 1
    }
    var best = least(ranks, length - 1)
    while (best >= 0) {
      parts(best) = ranks(best)
      System.arraycopy(parts, best + 2, parts, best + 1, length - best - 2)
      if (best < length - 2) System.arraycopy(ranks, best + 2, ranks, best + 1, math.max(0, length - best - 3))
      length -= 1
      if (best > 0) ranks(best - 1) = merges.get(parts(best - 1), parts(best))
      if (best < length - 1) ranks(best) = merges.get(parts(best), parts(best + 1))
      best = least(ranks, length - 1)
    }
    length
  }

  /** The index of the first smallest rank; -1 if no pair merges. */
  private def least(ranks: Array[Int], count: Int): Int = {
    var best = -1
    var smallest = IntPairs.Absent
    var i = 0
    while (i < count) {
      if (ranks(i) < smallest) {
        smallest = ranks(i)
        best = i
      }
      i += 1
    }
    best
  }

  private def hash(bytes: Array[Byte], from: Int, until: Int): Int = {
    var hash = 0
    var i = from
    while (i < until) {
      hash = (hash ^ bytes(i)) * 0x01000193
      i += 1
    }
    hash ^ (hash >>> 15)
  }

  private def read(): Array[Array[Byte]] = {
    val stream = classOf[Encodings].getResourceAsStream("r50k_base.tiktoken")
    require(stream != null, "gpt2_tokens: the jar lacks jtokkit's r50k_base.tiktoken")
    val reader = new BufferedReader(new InputStreamReader(stream, US_ASCII))
    try {
      val tokens = Array.newBuilder[Array[Byte]]
      var line = reader.readLine()
      while (line != null && line.nonEmpty) {
        tokens += Base64.getDecoder.decode(line.substring(0, line.indexOf(' ')))
        line = reader.readLine()
      }
      tokens.result()
    } finally reader.close()
  }
}

/** A map from pairs of numbers below 65,536 to a number: open addressing, no boxes.
  *
  * @param capacity a power of two, at least twice the number of pairs
  */
private[text] final class IntPairs(capacity: Int) {
  private val keys = new Array[Int](capacity)
  private val values = Array.fill(capacity)(IntPairs.Absent)

  def put(left: Int, right: Int, value: Int): Unit = {
    val at = slot((left << 16) | right)
    keys(at) = (left << 16) | right
    values(at) = value
  }

  def get(left: Int, right: Int): Int = values(slot((left << 16) | right))

  private def slot(key: Int): Int = {
    var at = ((key * 0x9e3779b1) >>> 7) & (capacity - 1)
    while (values(at) != IntPairs.Absent && keys(at) != key) at = (at + 1) & (capacity - 1)
    at
  }
}

private[text] object IntPairs {

  /** The value of a pair that is not in the map. */
  val Absent: Int = Int.MaxValue
}
