package org.decantry.page

/** Pages that stall or crash parsers. None may fail. Each is small enough to take no noticeable time in linear code. */
class HostileSuite extends munit.FunSuite {

  private def text(html: String): String = ExtractPage.extract(html).blocks.map(_.text).mkString("\n")

  test("deeply nested elements") {
    for (tag <- Seq("div", "span", "b", "ul><li", "table><tr><td", "blockquote", "font", "a", "dl><dd", "math><mrow"))
      assert(text(s"<$tag>" * 3000 + "words").contains("words") || tag.startsWith("math"), tag)
    assert(text("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>" + "<div>" * 2000 + "words" +
      "</div>" * 2000 + "</body></html>").contains("words"))
  }

  test("elements that are closed in the wrong order") {
    assert(text("<b><i><p>" * 2000 + "words").contains("words"))
    assert(text("<b><i></b></i>x" * 2000).nonEmpty)
    assert(text("<a><p></a>x" * 2000).nonEmpty)
  }

  test("a noscript with an element that is not closed") {
    assertEquals(text("<body><noscript><div id=x></noscript><h1>Harbour</h1><p>The wall.</p><noscript></div></noscript>"), "Harbour\nThe wall.")
    assertEquals(text("<head><noscript><img src=x><p></noscript><title>t</title></head><p>The wall.</p>"), "The wall.")
  }

  test("many attributes, and long ones") {
    assertEquals(text("<p " + (1 to 10000).map(i => s"a$i=x").mkString(" ") + ">words</p>"), "words")
    assertEquals(text(s"<p class='${"nav " * 50000}'>words</p>"), "words")
  }

  test("text in tables that the parser moves before them") {
    assert(text("<table>" + "x<tr>" * 2000).nonEmpty)
    assert(text("<table><tr><td>a<td>b" + "<table>x" * 1000).nonEmpty)
  }

  test("elements that are never closed") {
    for (open <- Seq("<!--", "<script>", "<title>", "<textarea>", "<style>", "<svg><template>", "<!DOCTYPE", "<p a='", "<![CDATA[", "&#", "<"))
      text(s"<p>words</p>$open" + "x" * 10000)
    text("&" * 10000)
    text("&lt" * 10000)
    text("<!" * 10000)
    text("</" * 10000)
  }

  test("odd characters") {
    assert(text("<p>a\u0000b \ud800 c&#xd800;&#0;&#x110000;</p>").startsWith("a"))
    assertEquals(text(""), "")
  }

  test("the same page gives the same text") {
    val page = "<div class=a><p>One, two.</p><table><tr><td>a<td>b<tr><td>c<td>d</table></div>" * 50
    assertEquals(ExtractPage.extract(page).markdown, ExtractPage.extract(page).markdown)
  }

  test("code in deep quotes and lists does not multiply a page") {
    val page = "<p>before</p>" + "<blockquote>" * 8 + "<ul><li>x" * 8 + "<pre>" + "x\n" * 20000 + "</pre></div><p>after</p>"
    assert(Pages.markdown(page).startsWith("before\n"))
    assertEquals((Pages.markdown(page).count(_ == 'x'), Pages.text(page).count(_ == 'x')), (8, 8))
    assert(!Pages.markdown(page).contains("after"))
    val less = page.replace("x\n" * 20000, "x\n" * 300)
    assertEquals((Pages.markdown(less).count(_ == 'x'), Pages.text(less).count(_ == 'x')), (308, 308))
    assert(Pages.markdown(less).contains("after"))
  }
}
