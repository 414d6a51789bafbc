package org.decantry.page

import org.jsoup.nodes.{Document, Element}
import org.jsoup.parser.{ParseSettings, Parser}

/** A page's tree, as the HTML standard makes it. */
private[page] object Markup {

  /** Elements that lie deeper are put into those at this depth. */
  val Deepest = 256

  /** A longer page is cut off, as browsers cut none: no page that people read is as long. */
  val MostChars: Int = 16 << 20

  /** The tree of HTML; of XML, where the markup says that it is XML and is well-formed. */
  def parse(html: String): Document = {
    val markup = if (html.length > MostChars) html.substring(0, MostChars) else html
    val parser = if (Xhtml.is(markup)) Parser.xmlParser().settings(ParseSettings.htmlDefault) else Parser.htmlParser()
    parser.setMaxDepth(Deepest).parseInput(markup, "")
  }

  /** The title that the page's head gives; empty when it gives none. */
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
