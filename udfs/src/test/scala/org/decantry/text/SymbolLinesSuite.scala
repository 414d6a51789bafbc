package org.decantry.text

class SymbolLinesSuite extends munit.FunSuite {

  test("a run of lines of bars is one empty paragraph") {
    assertEquals(SymbolLines.drop("a\n|\n | |\n|\nb"), "a\n\n\nb")
    assertEquals(SymbolLines.drop("|\na"), "\n\na")
    assertEquals(SymbolLines.drop("a\n|"), "a\n\n")
  }

  test("other lines stay as they are") {
    for (text <- Seq("", "a | b\n\n  \nc\r\n", "| a |", "a\n\tb |\n")) assertEquals(SymbolLines.drop(text), text)
  }
}
