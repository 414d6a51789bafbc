package org.decantry.page

import org.jsoup.nodes.Element

class MetadataSuite extends munit.FunSuite {

  private def of(html: String) = ExtractPage.extract(html)

  test("metadata in the head") {
    val page = of("<html lang=en-GB><head><title>Bread | Site</title><meta property=og:title content='Bread'>" +
      "<meta name=Author content='Ada  Miller'><meta property=article:published_time content='2021-03-04T23:10:00+02:00'>" +
      "<link rel=license href='https://creativecommons.org/licenses/by/4.0/'></head><body><p>Hi</p></body></html>")
    assertEquals((page.title, page.author, page.published), ("Bread", "Ada Miller", "2021-03-04"))
    assertEquals((page.licence, page.languageHint), ("https://creativecommons.org/licenses/by/4.0/", "en-GB"))
  }

  test("metadata in the body") {
    val page = of("<h1>Rye <i>bread</i></h1><time datetime='2019-05-06'>6 May</time><a rel=author href=x>B. Baker</a>" +
      "<a href='http://creativecommons.org/publicdomain/zero/1.0/'>CC0</a>")
    assertEquals((page.title, page.author, page.published), ("Rye bread", "B. Baker", "2019-05-06"))
    assertEquals(page.licence, "http://creativecommons.org/publicdomain/zero/1.0/")
  }

  test("metadata in JSON-LD") {
    val page = of("<script type='application/ld+json'>{\"datePublished\": \"2020-01-02T03:04\", \"author\": {\"@type\": " +
      "\"Person\", \"name\": \"Zo\\u00eb \\\"Z\\\" L\\/M\"}}</script>")
    assertEquals((page.author, page.published), ("Zoë \"Z\" L/M", "2020-01-02"))
  }

  test("missing metadata are null") {
    val page = of("<p>Hi</p>")
    assertEquals((page.title, page.author, page.published, page.licence, page.languageHint), (null, null, null, null, null))
  }

  test("dates") {
    val days = Seq("2021-02-28T10:00Z" -> "2021-02-28", "20210228" -> "2021-02-28", "2021/2/3" -> "2021-02-03",
      "Tue, 02 Mar 2021 10:00 GMT" -> "2021-03-02", "March 2nd, 2021" -> "2021-03-02", "March 2, 2021" -> "2021-03-02",
      "2021-02-30" -> "", "\u06f1\u06f4\u06f0\u06f2-\u06f0\u06f5-\u06f1\u06f2" -> "", "\u0661" -> "", "yesterday" -> "", "" -> "", "2021" -> "")
    for ((text, day) <- days) assertEquals(Days.iso(text), day, text)
  }

  test("only the beginning of a long text is read") {
    val heading = new Element("h1").appendText("x" * 100000).appendText("y" * 100000)
    assertEquals(Metadata.words(heading), "x" * 500)
    val names = new Element("h1").appendElement("b").appendText("a ").parent.appendText("z" * 100000)
    assertEquals(Metadata.words(names), "a " + "z" * 500)
  }

  test("a text is read only if it is better than the current value") {
    var reads = 0
    val heading = new Element("h1") {
      override def childNodeSize: Int = {
        reads += 1
        super.childNodeSize
      }
    }
    heading.appendText("Later")
    val metadata = new Metadata
    metadata.see(new Element("title").appendText("First"), "title")
    for (_ <- 1 to 100) metadata.see(heading, "h1")
    assertEquals((metadata.title, reads), ("First", 0))
  }
}
