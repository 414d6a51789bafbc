package org.decantry.text

class WordsSuite extends munit.FunSuite {

  private def words(text: String, language: String = "en"): String = Words.words(text, language).mkString(" ")

  test("special cases, affixes, infixes and addresses in the right order") {
    assertEquals(words("I can't wait; we'll go at 10am."), "I ca n't wait ; we 'll go at 10 am .")
    assertEquals(words("(Mr. X's e.g.-book)"), "( Mr. X 's e.g.-book )")
    assertEquals(words("state-of-the-art a,b 1,000"), "state - of - the - art a , b 1,000")
    assertEquals(words("5km 5€ US$5 20US$ +5 5+"), "5 km 5 € US$ 5 20 US$ +5 5 +")
    assertEquals(words("well...okay a--b a----b"), "well ... okay a -- b a----b")
    assertEquals(words("https://a.b.org/x,y?z#w, me@a.org."), "https://a.b.org/x,y?z#w , me@a.org .")
    assertEquals(words("8.8.8.8/a,b 10.0.0.1/a,b"), "8.8.8.8/a,b 10.0.0.1 / a , b")
  }

  test("a special case that was cut is restored, unless it has a space inside") {
    assertEquals(words("then...:) end!:( x—a. one-and/or-two"), "then ... :) end ! :( x — a. one - and/or - two")
    assertEquals(words("end! :( end!: ("), "end ! :( end ! : (")
  }

  test("white space of every kind separates words and is not a word") {
    assertEquals(words("\u00a0a\u2003b\u3000c\u2028d\u001ce\u0085"), "a b c d e")
    assertEquals(Words.count(" \n\t", "en"), 0)
  }

  test("ranges are those of the words, also beyond the basic plane, and a buffer can be reused") {
    val tokens = new Tokens
    for (text <- Seq("It's 😀 (fine): 𐐀𐐁!", "second", "")) {
      Words.scan(text, "en", tokens)
      val found = (0 until tokens.length).map(i => text.substring(tokens.start(i), tokens.end(i)))
      assertEquals(found, Words.words(text, "en").toSeq)
      assertEquals((0 until tokens.length).map(tokens.text), found)
    }
  }

  test("sentences end after a final mark, at the next word or white space") {
    val found = Sentences.sentences("Dr. No left. “Why?” Ask.\n", "en")
    assertEquals(found.toSeq, Seq("Dr. No left. “", "Why?”", "Ask."))
    assertEquals(Sentences.count("Done.\n\n.", "en"), 2)
    assertEquals(Sentences.count("", "en"), 0)
  }

  test("hostile lines take linear time") {
    val seeds = Seq("a", ".", "..a", "(", "'", "a.", "a@", "a.b@", "1.", "a-", ":(", ": (", "😀", "°C.", "http://")
    for (seed <- seeds) {
      def seconds(size: Int): Double = {
        val text = seed * (size / seed.length)
        (1 to 3).map { _ =>
          val start = System.nanoTime
          Words.scan(text, "en")
          (System.nanoTime - start) / 1e9
        }.min
      }
      seconds(20000)
      val (once, fourfold) = (seconds(50000), seconds(200000))
      assert(fourfold < 10 * once + 1, s"$seed: $once s, four times as long: $fourfold s")
    }
  }
}
