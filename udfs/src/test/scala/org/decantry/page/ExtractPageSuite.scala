package org.decantry.page

/** The result of the shipped forest for an unambiguous page. */
class ExtractPageSuite extends munit.FunSuite {

  private val paragraphs = Seq(
    "Rye has little gluten, so a loaf that is made of it alone does not rise as a loaf of wheat does, and nobody should wait for it.",
    "Mix the flour with warm water and a spoon of the sour dough, cover the bowl with a cloth, and let it rest for twelve hours.",
    "In the morning add the salt and the rest of the flour, knead it for ten minutes, and leave it in its form for another three.",
    "Bake it at 250 degrees until the crust is dark, then at 200 degrees for an hour, and do not cut it before the next day."
  )
  private val page = "<html><head><title>Rye bread - Loaves</title></head><body><nav class=menu><ul><li><a href=a>Home</a>" +
    "<li><a href=b>Shop</a><li><a href=c>Contact</a></ul></nav><article class=post><h1>Rye bread</h1>" +
    paragraphs.map("<p>" + _ + "</p>").mkString + "</article><footer class=footer><p>Copyright 2021, all rights reserved. " +
    "<a href=d>Privacy policy</a> <a href=e>Cookies</a></p></footer></body></html>"

  test("the text of the article without the template") {
    val found = ExtractPage.extract(page)
    assertEquals(found.text.split("\n\n").toSeq.filter(paragraphs.contains), paragraphs)
    for (word <- Seq("Home", "Contact", "Privacy", "Copyright")) assert(!found.text.contains(word), found.text)
    assertEquals(found.contentBlocks, found.blocks.count(_.content))
    assertEquals(found.count("paragraph"), 4)
    assertEquals(found.links, 0)
  }

  test("all blocks are returned with their probabilities") {
    val blocks = ExtractPage.extract(page).blocks
    assertEquals(blocks.map(_.kind).toSeq, Seq("list", "list", "list", "heading") ++ Seq.fill(5)("paragraph"))
    for (block <- blocks) {
      assert(block.probability >= 0 && block.probability <= 1)
      assert(block.content == block.probability >= Forest.shipped.threshold || block.kind == "heading")
    }
  }

  test("a page without text has an empty result") {
    for (html <- Seq("", " ", "<", "<html>", "<script>x</script>")) {
      val found = ExtractPage.extract(html)
      assertEquals((found.text.replace("<", ""), found.markdown.replace("<", "")), ("", ""), html)
    }
  }
}
