package org.decantry.page

class TablesSuite extends munit.FunSuite {

  test("a data table is a block with a line for each row") {
    val page = "<table><tr><th>Flour<th>Water<tr><td>500 g<td>350 | 360 g<tr><td>1 kg<td>700 g</table>"
    assertEquals(Pages.markdown(page), "| Flour | Water |\n| --- | --- |\n| 500 g | 350 \\| 360 g |\n| 1 kg | 700 g |")
    assertEquals(Pages.text(page), "Flour | Water\n500 g | 350 | 360 g\n1 kg | 700 g")
    assertEquals(Pages.kinds(page), Seq("table"))
  }

  test("a cell with a span is repeated in each position that it covers") {
    val page = "<table><tr><th rowspan=2>Day<th colspan=2>Hours<tr><th>from<th>to<tr><td>Monday<td>8<td>12</table>"
    assertEquals(Pages.markdown(page),
      "| Day | Hours | Hours |\n| --- | --- | --- |\n| Day | from | to |\n| Monday | 8 | 12 |")
  }

  test("a cell as wide as the table is written once") {
    val page = "<table><tr><th>a<th>b<tr><td colspan=2>Spring<tr><td>1<td>2</table>"
    assertEquals(Pages.markdown(page), "| a | b |\n| --- | --- |\n| Spring |  |\n| 1 | 2 |")
  }

  test("a caption comes before its table") {
    val page = "<table><caption>Ovens</caption><tr><td>gas<td>220<tr><td>wood<td>300</table>"
    assertEquals(Pages.kinds(page), Seq("caption", "table"))
    assertEquals(Pages.markdown(page), "Ovens\n\n| gas | 220 |\n| --- | --- |\n| wood | 300 |")
  }

  test("a layout table is not a block") {
    assertEquals(Pages.kinds("<table><tr><td><h2>News</h2><p>Text</p><td><p>Side</p></table>"),
      Seq("heading", "paragraph", "paragraph"))
    assertEquals(Pages.kinds("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>").toSet, Set("paragraph"))
    val nested = "<table><tr><td>menu<td><table><tr><td>1<td>2<tr><td>3<td>4</table><tr><td>x<td>y</table>"
    assertEquals(Pages.kinds(nested), Seq("paragraph", "table", "paragraph", "paragraph"))
  }

  test("header rows are merged, and the foot comes last") {
    val page = "<table><thead><tr><th rowspan=2>Day<th colspan=2>Hours<tr><th>from<th>to</thead>" +
      "<tfoot><tr><td>Sum<td>2<td>3</tfoot><tbody><tr><td>Monday<td>8<td>12</tbody></table>"
    assertEquals(Pages.markdown(page), "| Day | Hours from | Hours to |\n| --- | --- | --- |\n| Monday | 8 | 12 |\n| Sum | 2 | 3 |")
  }

  test("a first row with one cell is the caption") {
    assertEquals(Pages.markdown("<table><tr><th colspan=2>Ovens<tr><td>gas<td>220<tr><td>wood<td>300</table>"),
      "Ovens\n\n| gas | 220 |\n| --- | --- |\n| wood | 300 |")
  }

  test("a nested table below a header row becomes text of its cell") {
    val page = "<table><tr><th>Gate<th>Hours<tr><td>East<td><table><tr><td>Mon<td>8<tr><td>Tue<td>9</table><tr><td>West<td>none</table>"
    assertEquals(Pages.markdown(page), "| Gate | Hours |\n| --- | --- |\n| East | Mon 8 Tue 9 |\n| West | none |")
  }

  test("huge spans make small tables") {
    val page = "<table><tr><td colspan=9007199254740991>a<td>b<tr><td rowspan=999 colspan=999>c<td>d<tr><td>e<td>f</table>"
    assert(Pages.markdown(page).length < 10000)
  }

  test("formulas and code in cells") {
    val page = "<table><tr><th>law<th>code<tr><td><math><mi>E</mi><mo>=</mo><mi>m</mi></math><td><code>e()</code></table>"
    assertEquals(Pages.markdown(page), "| law | code |\n| --- | --- |\n| $E=m$ | `e()` |")
  }

  private val wide = "<table><tr>" + s"<td colspan=100 rowspan=999>${"x" * 100}" * 2 + "<tr><td>a<td>b" + "<tr>" * 98 + "</table>"

  test("cells with spans do not multiply a page") {
    for (tables <- Seq(1, 100)) {
      val page = wide * tables
      assertEquals(Pages.kinds(page).count(_ == "table"), tables)
      assert(Pages.chars(page) < 4 * page.length + 20000, Pages.chars(page))
    }
    val gaps = "<table><tr><td colspan=199>a<td>b<tr><td>c<td>d</table>" * 200
    assertEquals(Pages.kinds(gaps).count(_ == "table"), 200)
    assert(Pages.chars(gaps) < 10 * gaps.length + 20000, Pages.chars(gaps))
  }

  test("a cell that spans more columns than the table has adds none") {
    val rows = (1 to 300).map(i => s"<tr><td rowspan=2>r$i<td>1<tr><td>2").mkString
    val page = s"<table><tr><th>a<th>b<tr><td colspan=100>Spring$rows</table>"
    val lines = Pages.markdown(page).split('\n')
    assertEquals(lines.take(3).toSeq, Seq("| a | b |", "| --- | --- |", "| Spring |  |"))
    assertEquals(lines.takeRight(2).toSeq, Seq("| r300 | 1 |", "| r300 | 2 |"))
  }

  test("an empty header row does not turn a data row into a header") {
    val page = "<table><thead><tr><th></th><th></th></tr><tr><th>A<th>B</tr></thead><tbody><tr><td>1<td>2<tr><td>3<td>4</table>"
    assertEquals(Pages.markdown(page), "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |")
    val two = "<table><thead><tr><th>A<th>B<tr><th><th><tr><th>C<th>D</thead><tbody><tr><td>1<td>2<tr><td>3<td>4</table>"
    assertEquals(Pages.text(two), "A C | B D\n1 | 2\n3 | 4")
  }
}
