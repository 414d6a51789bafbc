package org.decantry.spark

/** The output of `DESCRIBE FUNCTION EXTENDED` for each native function. */
class DocumentationSuite extends munit.FunSuite {

  Functions.all.foreach { function =>
    test(s"${function.name} is documented: its usage names each argument, and it has an example") {
      assertEquals(function.usage.takeWhile(_ != '('), function.name)
      assertEquals(Arguments.names(function).length, function.inputs.length, function.usage)
      val described = Arguments.of(function)
      Arguments.names(function).foreach { name =>
        assert(described.linesIterator.exists(line => line.startsWith(s"      * $name ") && line.contains(" - ")), name)
      }
      assert(Examples.of(function.name).contains("> SELECT "), "add an example to Examples.scala")
    }
  }

  test("an argument has its type, its meaning and its default") {
    val lines = Arguments.of(Functions.byName("minhash")).linesIterator.toSeq
    assert(lines.contains("      * ngram int, a constant - words (or characters) in a shingle"), lines)
    assert(lines.contains("    Returns: array<bigint>; null where the first argument is null"), lines)
    assert(lines.exists(_.endsWith("`word` or `character` (default: word)")), lines)
  }
}
