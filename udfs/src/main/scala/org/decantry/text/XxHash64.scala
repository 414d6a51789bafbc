package org.decantry.text

import java.lang.Long.rotateLeft
import java.nio.{ByteBuffer, ByteOrder}

/** XXH64. Source: the xxHash specification, version 0.1.1. */
object XxHash64 {
  private val Prime1 = 0x9e3779b185ebca87L
  private val Prime2 = 0xc2b2ae3d27d4eb4fL
  private val Prime3 = 0x165667b19e3779f9L
  private val Prime4 = 0x85ebca77c2b2ae63L
  private val Prime5 = 0x27d4eb2f165667c5L

  /** The hash of the bytes. */
  def hash(bytes: Array[Byte], seed: Long): Long =
    hash(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0, bytes.length, seed)

  /** The hash of the bytes from `from` to before `until` of a little-endian buffer. */
  def hash(bytes: ByteBuffer, from: Int, until: Int, seed: Long): Long = {
    var at = from
    var hash =
      if (until - from < 32) seed + Prime5
      else {
        var lane1 = seed + Prime1 + Prime2
        var lane2 = seed + Prime2
        var lane3 = seed
        var lane4 = seed - Prime1
        while (at <= until - 32) {
          lane1 = round(lane1, bytes.getLong(at))
          lane2 = round(lane2, bytes.getLong(at + 8))
          lane3 = round(lane3, bytes.getLong(at + 16))
          lane4 = round(lane4, bytes.getLong(at + 24))
          at += 32
        }
        val sum = rotateLeft(lane1, 1) + rotateLeft(lane2, 7) + rotateLeft(lane3, 12) + rotateLeft(lane4, 18)
        merge(merge(merge(merge(sum, lane1), lane2), lane3), lane4)
      }
    hash += until - from
    while (at <= until - 8) {
      hash = rotateLeft(hash ^ round(0, bytes.getLong(at)), 27) * Prime1 + Prime4
      at += 8
    }
    if (at <= until - 4) {
      hash = rotateLeft(hash ^ ((bytes.getInt(at) & 0xffffffffL) * Prime1), 23) * Prime2 + Prime3
      at += 4
    }
    while (at < until) {
      hash = rotateLeft(hash ^ ((bytes.get(at) & 0xffL) * Prime5), 11) * Prime1
      at += 1
    }
    avalanche(hash)
  }

  private def round(lane: Long, input: Long): Long = rotateLeft(lane + input * Prime2, 31) * Prime1

  private def merge(hash: Long, lane: Long): Long = (hash ^ round(0, lane)) * Prime1 + Prime4

  private def avalanche(hash: Long): Long = {
    val first = (hash ^ (hash >>> 33)) * Prime2
    val second = (first ^ (first >>> 29)) * Prime3
    second ^ (second >>> 32)
  }
}
