package org.decantry.page

class ListsSuite extends munit.FunSuite {

  test("nested lists are indented by the width of the outer marker") {
    val page = "<p>Buy:</p><ul><li>Flour<ol><li>rye<li>wheat</ol><li>Salt</ul><p>Done.</p>"
    assertEquals(Pages.markdown(page), "Buy:\n\n- Flour\n  1. rye\n  2. wheat\n- Salt\n\nDone.")
  }

  test("numbers start where the page says") {
    assertEquals(Pages.markdown("<ol start=3><li>c<li value=7>g<li>h</ol>"), "3. c\n7. g\n8. h")
  }

  test("an item's second paragraph and its code are indented under its text") {
    assertEquals(Pages.markdown("<ol><li><p>Knead.</p><p>Wait.</p><pre>rest(60)</pre><li>Bake.</ol>"),
      "1. Knead.\n\n   Wait.\n\n   ```\n   rest(60)\n   ```\n\n2. Bake.")
  }

  test("a list directly in a list") {
    assertEquals(Pages.markdown("<ul><li>Flour</li><ol><li>rye</li></ol><li>Salt</li></ul>"), "- Flour\n  1. rye\n- Salt")
  }

  test("check boxes") {
    val page = "<ul><li><input type=checkbox checked> Knead<li><input type=checkbox> Bake</ul>"
    assertEquals(Pages.markdown(page), "- [x] Knead\n- [ ] Bake")
  }

  test("terms and their definitions") {
    assertEquals(Pages.markdown("<dl><dt>Crumb<dd>The inside.<dt>Crust<dd>The outside.</dl>"),
      "Crumb\n: The inside.\n\nCrust\n: The outside.")
  }

  test("two adjacent lists are separate") {
    assertEquals(Pages.markdown("<ul><li>a</ul><ul><li>b</ul>"), "- a\n\n- b")
  }
}
