package org.decantry.text

import munit.FunSuite

class PiiSuite extends FunSuite {

  /** The text with each replacement shown as E or A. */
  private def shown(text: String): String =
    Pii.redact(text)
      .replaceAll("firstname\\.lastname@example\\.org|email@example\\.com", "<E>")
      .replaceAll("22\\.214\\.171\\.124|126\\.96\\.36\\.199|188\\.8\\.131\\.52|184\\.108\\.40\\.206", "<A>")
      .replaceAll("220\\.127\\.116\\.11|18\\.104\\.22\\.168", "<A>")

  private def check(text: String, expected: String): Unit = test(text)(assertEquals(shown(text), expected))

  check("", "")
  check("@", "@")
  check("write to Jane.Doe+web@mail.example.net.", "write to <E>.")
  check("a@b", "a@b")
  check("a@b.", "a@b.")
  check("a@b.c-.d", "<E>-.d")
  check("a@-b.c", "a@-b.c")
  check("..a..b@c.de", "..a..<E>")
  check(".a@c.de", ".<E>")
  check("a.@c.de", "a.@c.de")
  check("éa@c.de", "éa@c.de")
  check("é!a@c.de", "é<E>")
  check("(-a@c.de)", "(-<E>)")
  check("x@y.zz@y.zz", "<E>@y.zz")
  check("a@[8.8.8.8]", "<E>")
  check("a@[8.8.8.8:]", "<E>")
  check("a@[8.8.8.8;]", "a@[<A>;]")
  check("a@[8.8.8.x-y:]", "<E>")
  check("a@[1.2.3.256]", "a@[<A>6]")
  check("1.1.1.1", "<A>")
  check("10.0.0.1 192.168.1.1 127.0.0.1 172.31.0.1 100.64.0.1", "10.0.0.1 192.168.1.1 127.0.0.1 172.31.0.1 100.64.0.1")
  check("1234.5.6.7", "1<A>")
  check(".3.3.3.3.3", ".<A>.3")
  check("8.8.8.256", "<A>6")
  check("8.8.8.08", "8.8.8.08")
  check("10.0.0.1.8.8.8.8", "10.0.0.1.<A>")
  check("999.9.9.9", "9<A>")
  check("192.0.0.9 192.0.0.8", "<A> 192.0.0.8")

  test("the replacement depends on the match alone") {
    val once = Pii.redact("8.8.4.4")
    assertEquals(Pii.redact("1.1.1.1 8.8.4.4 8.8.4.4").split(' ').tail.toSeq, Seq(once, once))
  }

  test("near misses take time in proportion to their length") {
    val clock = java.lang.management.ManagementFactory.getThreadMXBean
    def millis(text: String): Long =
      Seq.fill(3) {
        val start = clock.getCurrentThreadCpuTime
        Pii.redact(text)
        (clock.getCurrentThreadCpuTime - start) / 1000000
      }.min
    // The slack is for code that is not compiled yet; quadratic time would be minutes.
    for (seed <- Seq("a", "a.", "a@", "a@a.", "1.", "1.1.1.", "a@[1.1.1.", "-", "@a-", "a@a-", "é!")) {
      val half = seed * (500000 / seed.length)
      assert(millis(half + half) < 3 * millis(half) + 200, seed)
    }
  }
}
