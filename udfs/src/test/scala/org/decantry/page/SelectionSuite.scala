package org.decantry.page

class SelectionSuite extends munit.FunSuite {

  /** The selected blocks, given as level (0 for a paragraph), probability and share of the title's words. */
  private def selected(rows: (Int, Float, Float)*): Seq[Int] = {
    val blocks = new java.util.ArrayList[Block]
    for ((level, _, _) <- rows) blocks.add(new Block(if (level > 0) Block.Heading else Block.Paragraph, 0, "", "", 0, 0, level))
    val found = Selection.of(blocks, rows.map(_._2).toArray, rows.map(_._3).toArray, 0.5f)
    found.indices.filter(found(_))
  }

  test("a block of at least the threshold") {
    assertEquals(selected((0, 0.49f, 0f), (0, 0.5f, 0f), (2, 0.6f, 0f), (0, 0.1f, 0f)), Seq(1, 2))
    assertEquals(selected(), Seq())
  }

  test("headings above a block that is surely content") {
    assertEquals(selected((2, 0.05f, 0f), (3, 0.2f, 0f), (0, 0.65f, 0f)), Seq(0, 1, 2))
    assertEquals(selected((2, 0.4f, 0f), (0, 0.6f, 0f)), Seq(1))
    assertEquals(selected((2, 0.2f, 0f), (0, 0.4f, 0f), (0, 0.9f, 0f)), Seq(2))
    assertEquals(selected((2, 0.2f, 0f), (3, 0.04f, 0f), (0, 0.9f, 0f)), Seq(2))
    assertEquals(selected((0, 0.9f, 0f), (2, 0.4f, 0f)), Seq(0))
  }

  test("the title, with other blocks between it and the content") {
    assertEquals(selected((1, 0.2f, 0.5f), (0, 0.1f, 0f), (0, 0.5f, 0f)), Seq(0, 2))
    assertEquals(selected((1, 0.1f, 0.5f), (0, 0.1f, 0f), (0, 0.5f, 0f)), Seq(2))
    assertEquals(selected((1, 0.2f, 0.4f), (0, 0.1f, 0f), (0, 0.5f, 0f)), Seq(2))
    assertEquals(selected((2, 0.2f, 0.9f), (0, 0.1f, 0f), (0, 0.5f, 0f)), Seq(2))
    assertEquals(selected((1, 0.2f, 0.9f), (0, 0.1f, 0f)), Seq())
  }
}
