package org.decantry.text

import java.nio.charset.StandardCharsets.UTF_8

import munit.FunSuite

class HashesSuite extends FunSuite {

  test("sha1 of a range depends on its bytes alone, whatever was hashed before") {
    val sha1 = new Sha1
    val bytes = "say abc now".getBytes(UTF_8)
    sha1.hash64(bytes, 0, bytes.length)
    assertEquals(sha1.hash64(bytes, 4, 7), java.lang.Long.reverseBytes(0xa9993e364706816aL))
  }

  test("sha1 of two shingles") {
    assertEquals(java.lang.Long.toUnsignedString(Sha1.hash64("the quick brown fox jumps")), "12313522834835307089")
    assertEquals(java.lang.Long.toUnsignedString(Sha1.hash64("quick brown fox jumps over")), "13802602654544986703")
  }

  test("xxh64: the specification's empty input, and two shingles") {
    assertEquals(XxHash64.hash(new Array[Byte](0), 0), 0xef46db3751d8e999L)
    assertEquals(XxHash64.hash("the quick brown fox jumps".getBytes(UTF_8), 0), 7797000677988824208L)
    assertEquals(XxHash64.hash("quick brown fox jumps over".getBytes(UTF_8), 0), 4793414983259776074L)
  }

  test("numpy's first draws") {
    val random = new NumpyRandom(1)
    val prime = (1L << 61) - 1
    val a = Array.fill(112)(random.between(1, prime))
    val b = Array.fill(112)(random.between(0, prime))
    assertEquals(a.take(3).toSeq, Seq(775169054918279404L, 1758426461858698313L, 2109959069025162L))
    assertEquals(a.last, 223865076026037746L)
    assertEquals(b.take(3).toSeq, Seq(1062448801025099917L, 1324811268927594100L, 1217488311597731462L))
    assertEquals(b.last, 1097409548522419201L)
  }

  test("numpy's seeds are 32 bits") {
    intercept[IllegalArgumentException](new NumpyRandom(-1))
    intercept[IllegalArgumentException](new NumpyRandom(1L << 32))
  }
}
