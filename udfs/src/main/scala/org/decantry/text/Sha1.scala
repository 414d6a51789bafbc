package org.decantry.text

import java.lang.Integer.rotateLeft
import java.nio.ByteBuffer
import java.nio.charset.StandardCharsets.UTF_8

/** SHA-1 (FIPS 180-4), cut to the first eight bytes and made for many short messages: no objects, no copies.
  * One per thread.
  */
final class Sha1 {
  private val words = new Array[Int](80)
  private val tail = ByteBuffer.allocate(128)
  private var h0, h1, h2, h3, h4 = 0

  /** The first 8 bytes of the digest, read little-endian, of the bytes from `from` to before `until` of a big-endian
    * buffer. Source: datatrove 0.10.1 `utils/hashes/sha1.py`.
    */
  def hash64(bytes: ByteBuffer, from: Int, until: Int): Long = {
    h0 = 0x67452301
    h1 = 0xefcdab89
    h2 = 0x98badcfe
    h3 = 0x10325476
    h4 = 0xc3d2e1f0
    var at = from
    while (at <= until - 64) {
      block(bytes, at)
      at += 64
    }
    last(bytes, at, until, (until - from).toLong * 8)
    (Integer.reverseBytes(h0) & 0xffffffffL) | (Integer.reverseBytes(h1).toLong << 32)
  }

  /** The rest of the message, the bit after it, zeros, and the message's length in bits. */
  private def last(bytes: ByteBuffer, from: Int, until: Int, bits: Long): Unit = {
    val rest = until - from
    val size = if (rest < 56) 64 else 128
    System.arraycopy(bytes.array, bytes.arrayOffset + from, tail.array, 0, rest)
    tail.put(rest, 0x80.toByte)
    java.util.Arrays.fill(tail.array, rest + 1, size - 8, 0.toByte)
    tail.putLong(size - 8, bits)
    block(tail, 0)
    if (size == 128) block(tail, 64)
  }

  private def block(bytes: ByteBuffer, from: Int): Unit = {
    val w = words
    var i = 0
    while (i < 16) {
      w(i) = bytes.getInt(from + 4 * i)
      i += 1
    }
    while (i < 80) {
      w(i) = rotateLeft(w(i - 3) ^ w(i - 8) ^ w(i - 14) ^ w(i - 16), 1)
      i += 1
    }
    var a = h0
    var b = h1
    var c = h2
    var d = h3
    var e = h4
    i = 0
    while (i < 20) {
      e += rotateLeft(a, 5) + (d ^ (b & (c ^ d))) + w(i) + 0x5a827999
      b = rotateLeft(b, 30)
      d += rotateLeft(e, 5) + (c ^ (a & (b ^ c))) + w(i + 1) + 0x5a827999
      a = rotateLeft(a, 30)
      c += rotateLeft(d, 5) + (b ^ (e & (a ^ b))) + w(i + 2) + 0x5a827999
      e = rotateLeft(e, 30)
      b += rotateLeft(c, 5) + (a ^ (d & (e ^ a))) + w(i + 3) + 0x5a827999
      d = rotateLeft(d, 30)
      a += rotateLeft(b, 5) + (e ^ (c & (d ^ e))) + w(i + 4) + 0x5a827999
      c = rotateLeft(c, 30)
      i += 5
    }
    while (i < 40) {
      e += rotateLeft(a, 5) + (b ^ c ^ d) + w(i) + 0x6ed9eba1
      b = rotateLeft(b, 30)
      d += rotateLeft(e, 5) + (a ^ b ^ c) + w(i + 1) + 0x6ed9eba1
      a = rotateLeft(a, 30)
      c += rotateLeft(d, 5) + (e ^ a ^ b) + w(i + 2) + 0x6ed9eba1
      e = rotateLeft(e, 30)
      b += rotateLeft(c, 5) + (d ^ e ^ a) + w(i + 3) + 0x6ed9eba1
      d = rotateLeft(d, 30)
      a += rotateLeft(b, 5) + (c ^ d ^ e) + w(i + 4) + 0x6ed9eba1
      c = rotateLeft(c, 30)
      i += 5
    }
    while (i < 60) {
      e += rotateLeft(a, 5) + ((b & c) | (d & (b | c))) + w(i) + 0x8f1bbcdc
      b = rotateLeft(b, 30)
      d += rotateLeft(e, 5) + ((a & b) | (c & (a | b))) + w(i + 1) + 0x8f1bbcdc
      a = rotateLeft(a, 30)
      c += rotateLeft(d, 5) + ((e & a) | (b & (e | a))) + w(i + 2) + 0x8f1bbcdc
      e = rotateLeft(e, 30)
      b += rotateLeft(c, 5) + ((d & e) | (a & (d | e))) + w(i + 3) + 0x8f1bbcdc
      d = rotateLeft(d, 30)
      a += rotateLeft(b, 5) + ((c & d) | (e & (c | d))) + w(i + 4) + 0x8f1bbcdc
      c = rotateLeft(c, 30)
      i += 5
    }
    while (i < 80) {
      e += rotateLeft(a, 5) + (b ^ c ^ d) + w(i) + 0xca62c1d6
      b = rotateLeft(b, 30)
      d += rotateLeft(e, 5) + (a ^ b ^ c) + w(i + 1) + 0xca62c1d6
      a = rotateLeft(a, 30)
      c += rotateLeft(d, 5) + (e ^ a ^ b) + w(i + 2) + 0xca62c1d6
      e = rotateLeft(e, 30)
      b += rotateLeft(c, 5) + (d ^ e ^ a) + w(i + 3) + 0xca62c1d6
      d = rotateLeft(d, 30)
      a += rotateLeft(b, 5) + (c ^ d ^ e) + w(i + 4) + 0xca62c1d6
      c = rotateLeft(c, 30)
      i += 5
    }
    h0 += a
    h1 += b
    h2 += c
    h3 += d
    h4 += e
  }
}

object Sha1 {

  /** The first 8 bytes of the SHA-1 of the text's UTF-8, read little-endian. */
  def hash64(text: String): Long = {
    val bytes = ByteBuffer.wrap(text.getBytes(UTF_8))
    new Sha1().hash64(bytes, 0, bytes.capacity)
  }
}
