package org.decantry.page

class BlocksSuite extends munit.FunSuite {

  test("a block is a run of inline content, with white space as browsers show it") {
    assertEquals(Pages.text("<p>One  <b>two</b>\n three</p>four<div>five</div>"), "One two three\n\nfour\n\nfive")
    assertEquals(Pages.text("<p>a&nbsp;b\u200bc\u00add \u3000e</p>"), "a bcd e")
  }

  test("a line break of the source between Chinese or Japanese words is not a space") {
    assertEquals(Pages.text("<p>霧の日にも\n  光る。\n見張り は\n a\nb</p>"), "霧の日にも光る。見張り は a b")
    assertEquals(Pages.text("<p>한국어\n문장</p>"), "한국어 문장")
  }

  test("permalinks, edit links and notes are not text") {
    val page = "<h2>Ovens<a class=headerlink href=#o>¶</a><span class='mw-editsection'>[edit]</span></h2>" +
      "<p>Old.<sup class=reference><a href=#n1>[1]</a></sup> 10<sup>2</sup> m<sup><a href=#n2>2</a></sup></p>"
    assertEquals(Pages.markdown(page), "## Ovens\n\nOld. 102 m")
  }

  test("one br is a line break, and two end a block") {
    assertEquals(Pages.text("<p>Rose Lane 4<br>Elmham</p>"), "Rose Lane 4\nElmham")
    assertEquals(Pages.kinds("<div>First.<br> <br>Second.</div>"), Seq("paragraph", "paragraph"))
  }

  test("headings have their level") {
    assertEquals(Pages.markdown("<h1>Bread</h1><p>Flour.</p><h3>Rye\n bread</h3>"), "# Bread\n\nFlour.\n\n### Rye bread")
    assertEquals(Pages.text("<h1>Bread</h1><p>Flour.</p>"), "Bread\n\nFlour.")
  }

  test("quotes and captions are recognised") {
    val page = "<blockquote><p>To bake<br>is to wait.</p><blockquote>Older.</blockquote></blockquote>" +
      "<figure><img src=a.png alt=x><figcaption>A loaf.</figcaption></figure>"
    assertEquals(Pages.markdown(page), "> To bake\n> is to wait.\n>\n> > Older.\n\nA loaf.")
    assertEquals(Pages.kinds(page), Seq("quote", "quote", "caption"))
  }

  test("hidden content is not text") {
    val page = "<title>No</title><p>Yes.</p><script>no()</script><style>no</style><noscript><p>No</p></noscript>" +
      "<template><p>No</p></template><iframe src=x>No</iframe><svg><text>No</text></svg><button>No</button>" +
      "<select><option>No</select><textarea>No</textarea><video>No</video>"
    assertEquals(Pages.text(page), "Yes.")
  }

  test("details are text, and so is everything after plaintext") {
    assertEquals(Pages.text("<details><summary>More</summary><p>Hidden until asked.</p></details>"),
      "More\n\nHidden until asked.")
    assertEquals(Pages.text("<p>Before<plaintext><b>as it is"), "Before\n\n<b>as it is")
  }

  test("a frameset has no text") {
    assertEquals(Pages.text("<frameset cols=2><frame src=a><noframes>No frames</noframes></frameset>"), "")
  }

  test("a link counts its characters, also across blocks") {
    val walk = new Walk(Markup.parse("<p>See <a href=x>the list</a>.</p><a href=y><div>All of it</div></a>"))
    walk.run()
    assertEquals((walk.blocks.get(0).links, walk.blocks.get(0).linkChars), (1, 8))
    assertEquals(walk.blocks.get(1).linkChars, 9)
  }

  test("inline code") {
    assertEquals(Pages.markdown("<p>Call <code>a.b()</code>, not <code>c`d</code>.</p>"), "Call `a.b()`, not ``c`d``.")
    assertEquals(Pages.text("<p>Call <code>a.b()</code>.</p>"), "Call a.b().")
  }
}
