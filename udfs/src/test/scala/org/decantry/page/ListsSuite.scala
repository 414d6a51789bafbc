package org.decantry.page

class ListsSuite extends munit.FunSuite {

  test("lists are nested by as much as the outer sign takes") {
    val page = "<p>Buy:</p><ul><li>Flour<ol><li>rye<li>wheat</ol><li>Salt</ul><p>Done.</p>"
    assertEquals(Pages.markdown(page), "Buy:\n\n- Flour\n  1. rye\n  2. wheat\n- Salt\n\nDone.")
  }

  test("numbers go on where the page says so") {
    assertEquals(Pages.markdown("<ol start=3><li>c<li value=7>g<li>h</ol>"), "3. c\n7. g\n8. h")
  }

  test("an item's second paragraph and its code stand under its words") {
    assertEquals(Pages.markdown("<ol><li><p>Knead.</p><p>Wait.</p><pre>rest(60)</pre><li>Bake.</ol>"),
      "1. Knead.\n\n   Wait.\n\n   ```\n   rest(60)\n   ```\n\n2. Bake.")
  }

  test("a list in a list, without an item around it") {
    assertEquals(Pages.markdown("<ul><li>Flour</li><ol><li>rye</li></ol><li>Salt</li></ul>"), "- Flour\n  1. rye\n- Salt")
  }

  test("boxes to check") {
    val page = "<ul><li><input type=checkbox checked> Knead<li><input type=checkbox> Bake</ul>"
    assertEquals(Pages.markdown(page), "- [x] Knead\n- [ ] Bake")
  }

  test("terms and their definitions") {
    assertEquals(Pages.markdown("<dl><dt>Crumb<dd>The inside.<dt>Crust<dd>The outside.</dl>"),
      "Crumb\n: The inside.\n\nCrust\n: The outside.")
  }

  test("two lists in a row are two") {
    assertEquals(Pages.markdown("<ul><li>a</ul><ul><li>b</ul>"), "- a\n\n- b")
  }
}
