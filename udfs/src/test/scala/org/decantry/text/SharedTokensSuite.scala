package org.decantry.text

import munit.FunSuite

class SharedTokensSuite extends FunSuite {

  test("the last text's words are cached, and another text or language is tokenised again") {
    val kept = SharedTokens.of("I can't", "en")
    assertEquals(Seq.tabulate(kept.length)(kept.text), Seq("I", "ca", "n't"))
    assert(SharedTokens.of(new String("I can't"), "en") eq kept)
    assertEquals(SharedTokens.of("I can't", "de").length, 2)
    assertEquals(SharedTokens.of("", "de").length, 0)
    assertEquals(SharedTokens.of("I can't", "en").length, 3)
  }
}
