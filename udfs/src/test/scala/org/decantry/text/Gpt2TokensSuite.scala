package org.decantry.text

import com.knuddels.jtokkit.Encodings
import com.knuddels.jtokkit.api.EncodingType
import munit.FunSuite

class Gpt2TokensSuite extends FunSuite {
  private val peer = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE)

  private def check(text: String, expected: Int): Unit =
    test(s"tokens of '$text'")(assertEquals(Gpt2Tokens.count(text), expected))

  check("", 0)
  check("Hello world", 2)
  check("Hello, my dog is cute", 6)
  check("I'll can't we've they're", 8)
  check("<|endoftext|>", 1)
  check("a <|endoftext|> b", 4)
  check("<|endoftext|", 6)

  test("agrees with jtokkit on pieces of every kind") {
    val random = new java.util.Random(7)
    val pieces = Array("a", "aa", "the", " ", "  ", "\n", "\t", "1", "2024", "'s", "'ll", "'", "!", "--", "é", "ü", "日本",
      "語", "한국", "🙂", "\u0301", "\u00a0", "ing", "Zz", "//", "http", "\u0000", "ß", "µ", "²")
    for (_ <- 0 until 2000) {
      val text = Seq.fill(random.nextInt(60))(pieces(random.nextInt(pieces.length))).mkString
      assertEquals(Gpt2Tokens.count(text), peer.countTokensOrdinary(text), text)
    }
  }

  test("agrees with jtokkit on runs longer than a window") {
    val random = new java.util.Random(11)
    val syllables = Array("a", "b", "ab", "tion", "th", "e", "zz", "qu", "über", "ing")
    val runs = Seq("a" * 5000, "-" * 7000, "=" * 999, " " * 3001, "\n" * 2222, "ab" * 3000, "日本語" * 700, "🙂" * 900, "0" * 4001)
    val mixed = Seq.fill(60)(Seq.fill(800)(syllables(random.nextInt(syllables.length))).mkString)
    for (text <- runs ++ mixed) assertEquals(Gpt2Tokens.count(text), peer.countTokensOrdinary(text), text.take(20))
  }

  test("ten million characters in one run") {
    assertEquals(Gpt2Tokens.count(" " * 10000000), peer.countTokensOrdinary(" " * 10000) * 1000)
  }
}
