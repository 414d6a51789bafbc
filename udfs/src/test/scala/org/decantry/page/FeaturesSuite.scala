package org.decantry.page

class FeaturesSuite extends munit.FunSuite {

  private val page = "<title>Rye bread</title><nav><ul><li><a href=a>Home</a><li><a href=b>Shop</a></ul></nav>" +
    "<div class='post-content'><h1>Rye bread</h1><p>Mix flour, water and salt, and let it rest for one hour.</p>" +
    "<p>Bake it on 3.4.2021, at 250 degrees, until it is dark.</p></div><div id=footer>© 2021, all rights reserved</div>"

  private def rows(html: String): Seq[Map[String, Float]] = {
    val document = Markup.parse(html)
    val walk = new Walk(document)
    walk.run()
    val rows = Seq.newBuilder[Map[String, Float]]
    Features.each(walk, Markup.title(document))((_, row) => rows += Features.names.zip(row).toMap)
    rows.result()
  }

  test("names are distinct, and rows have a finite value for each") {
    assertEquals(Features.names.distinct.length, Features.count)
    for (row <- rows(page)) assert(row.size == Features.count && row.values.forall(value => !value.isNaN && !value.isInfinite))
    assertEquals(rows("").size, 0)
  }

  test("features of blocks") {
    val all = rows(page)
    assertEquals(all.map(_("link_density")), Seq(1f, 1f, 0f, 0f, 0f, 0f))
    assertEquals(all.map(_("is_heading")), Seq(0f, 0f, 1f, 0f, 0f, 0f))
    assertEquals(all.map(_("inside_best")), Seq(0f, 0f, 1f, 1f, 1f, 0f))
    assertEquals(all.map(_("in_nav")), Seq(1f, 1f, 0f, 0f, 0f, 0f))
    assertEquals(all.map(_("around_content")), Seq(0f, 0f, 1f, 1f, 1f, 0f))
    assertEquals(all.map(_("around_footer")), Seq(0f, 0f, 0f, 0f, 0f, 1f))
    assertEquals(all.map(_("title_share")), Seq(0f, 0f, 1f, 0f, 0f, 0f))
    assertEquals(all.map(_("phrases_rights")), Seq(0f, 0f, 0f, 0f, 0f, 3f))
    assertEquals(all.map(_("has_date")), Seq(0f, 0f, 0f, 0f, 1f, 0f))
    assertEquals(all.map(_("commas")), Seq(0f, 0f, 0f, 2f, 2f, 1f))
    assertEquals(all.map(_("up_to_best")), Seq(3f, 3f, 1f, 1f, 1f, 1f))
    assertEquals(all(3)("before_1_is_heading"), 1f)
  }

  test("class names") {
    def marks(names: String, id: String = "") = Marks.names.indices.filter(bit => (Marks.of(names, id) & (1 << bit)) != 0).map(Marks.names(_)).toSet
    assertEquals(marks("Post-Body"), Set("content"))
    assertEquals(marks("ad"), Set("advert"))
    assertEquals(marks("shadow reader"), Set.empty[String])
    assertEquals(marks("", "comments"), Set("comment"))
    assertEquals(marks("topnav"), Set("nav"))
  }
}
