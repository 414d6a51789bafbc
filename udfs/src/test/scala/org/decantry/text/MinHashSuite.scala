package org.decantry.text

import munit.FunSuite

class MinHashSuite extends FunSuite {
  private val text = "The quick brown fox jumps over"

  test("the first band of two shingles") {
    val signature = MinHash.signature(text, 5, 14, 8, 1, "sha1")
    assertEquals(signature.length, 112)
    assertEquals(
      signature.take(8).toSeq,
      Seq(1055377768635476328L, 284080765670708113L, 1962021756552065331L, 226360113463360020L, 260096251360294309L,
        297530986768109599L, 316606424307206655L, 439255022718586444L)
    )
  }

  test("the same with xxh64") {
    assertEquals(
      MinHash.signature(text, 5, 14, 8, 1, "xxh64").take(4).toSeq,
      Seq(85330943174081874L, 663359892825767826L, 327961897378675822L, 532655266271159839L)
    )
  }

  test("fewer words than an n-gram: nothing") {
    assertEquals(MinHash.signature("four words are here", 5, 14, 8, 1, "sha1").toSeq, Seq.empty[Long])
    assertEquals(MinHash.bandKeys("", 5, 14, 8, 1, "sha1").toSeq, Seq.empty[Long])
  }

  test("one key for each band, equal only if the band is") {
    val keys = MinHash.bandKeys(text, 5, 14, 8, 1, "sha1")
    assertEquals(keys.length, 14)
    assertEquals(keys.toSet.size, 14)
    assertEquals(keys.toSeq, MinHash.bandKeys("the QUICK; brown fox -- jumps over!", 5, 14, 8, 1, "sha1").toSeq)
    assertEquals(keys.toSet.intersect(MinHash.bandKeys(text, 5, 14, 8, 2, "sha1").toSet), Set.empty[Long])
  }

  test("a setting whose number of functions is not a multiple of four") {
    assertEquals(MinHash.signature(text, 5, 7, 1, 1, "sha1").length, 7)
    assertEquals(MinHash.signature(text, 2, 3, 3, 1, "sha1").length, 9)
  }

  test("bad settings are refused") {
    intercept[IllegalArgumentException](MinHash.signature(text, 0, 14, 8, 1, "sha1"))
    intercept[IllegalArgumentException](MinHash.signature(text, 5, 14, 8, 1, "md5"))
  }
}
