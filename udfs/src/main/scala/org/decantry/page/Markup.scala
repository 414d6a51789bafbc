package org.decantry.page

import org.jsoup.nodes.{Document, Element}
import org.jsoup.parser.{ParseSettings, Parser, Tag}

/** Parses a page into a tree, as the HTML standard defines it. */
private[page] object Markup {

  /** The greatest depth. Deeper elements become children of those at this depth. */
  val Deepest = 256

  /** Longer pages are cut off. No page for human readers is as long. */
  val MostChars: Int = 16 << 20

  /** The tree of the markup: parsed as XML if it is well-formed and declared as XML, else as HTML. */
  def parse(html: String): Document = {
    val markup = if (html.length > MostChars) html.substring(0, MostChars) else html
    val parser = if (Xhtml.is(markup)) Parser.xmlParser().settings(ParseSettings.htmlDefault) else htmlParser()
    parser.setMaxDepth(Deepest).parseInput(markup, "")
  }

  /** A parser for which `noscript` has no elements in it, as for browsers that run scripts (HTML, 13.2.6.4.7). Otherwise a
    * `noscript` with an element that is not closed would contain the rest of the page.
    */
  private def htmlParser(): Parser = {
    val parser = Parser.htmlParser()
    val _ = parser.tagSet().valueOf("noscript", Parser.NamespaceHtml).set(Tag.Data)
    parser
  }

  /** The title in the page's head; empty if there is none. */
  def title(document: Document): String = {
    val head = document.head
    var i = 0
    while (head != null && i < head.childNodeSize) {
      head.childNode(i) match {
        case element: Element if element.normalName == "title" =>
          val line = new Line
          line.add(element.wholeText)
          return line.text
        case _ =>
      }
      i += 1
    }
    ""
  }
}
