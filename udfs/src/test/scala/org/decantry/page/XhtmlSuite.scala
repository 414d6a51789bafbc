package org.decantry.page

class XhtmlSuite extends munit.FunSuite {

  private val begin = "<?xml version='1.0' encoding='utf-8'?>\n" +
    "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'>\n" +
    "<html xmlns='http://www.w3.org/1999/xhtml' xml:lang='fr'>"

  test("self-closing elements do not contain the rest of the page") {
    for (name <- Seq("script", "title", "iframe", "style", "textarea", "noscript")) {
      val page = s"$begin<head><$name/></head><body><p>Du <b>pain</b>.</p><$name/><p>Voil&#224;.</p></body></html>"
      assertEquals(Pages.text(page), "Du pain.\n\nVoilà.", name)
    }
  }

  test("CDATA is text, and named entities are resolved") {
    assertEquals(Pages.text(s"$begin<body><p><![CDATA[a < b]]> &eacute;t&eacute;</p></body></html>"), "a < b été")
  }

  test("markup that is not well-formed is parsed as HTML") {
    assertEquals(Pages.text(s"$begin<body><p>One<p>Two<br>three</body></html>"), "One\n\nTwo\nthree")
  }

  test("XML that is not XHTML is parsed as HTML") {
    assertEquals(Pages.text("<?xml version='1.0'?><feed><title>a</title><p>b</p></feed>"), "b")
  }
}
