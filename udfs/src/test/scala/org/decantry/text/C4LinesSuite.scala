package org.decantry.text

import munit.FunSuite

class C4LinesSuite extends FunSuite {

  private def edit(text: String, terminal: Boolean = false): C4Lines.Result = C4Lines.edit(text, terminal, "en")

  test("citations and lines of fewer than three words are removed") {
    val result = edit(" One two three.[12][edit] \n[1] [2]\nfour five\r\nsix seven eight")
    assertEquals(result.text, "One two three.\nsix seven eight")
    assertEquals((result.lines, result.sentences, result.linesDropped), (2, 2, 2))
  }

  test("the first line with a banned phrase removes the page") {
    assert(edit("a b Lorem Ipsum {").loremIpsum)
    assert(edit("a b {\nlorem ipsum c").curlyBracket)
    assert(!edit("a b {\nlorem ipsum c").loremIpsum)
    assertEquals(edit("JavaScript { a\nPRIVACY policy here").linesDropped, 2)
  }

  test("a word of more than 1,000 code points") {
    assertEquals(edit("a b " + "😀" * 1000).lines, 1)
    assertEquals(edit("a b " + "😀" * 1001).lines, 0)
  }

  test("white space at the end counts as a sentence, and so does an empty line") {
    assertEquals(edit("One two three.\u00a0[1]").sentences, 2)
    assertEquals(edit("One two three. [1]").sentences, 1)
    assertEquals(edit("[1] [2] [3]").sentences, 1)
  }

  test("terminal punctuation") {
    assertEquals(edit("one two three\none two three...\none two 'three'", terminal = true).text, "one two 'three'")
  }
}
