package org.decantry.page

import org.jsoup.nodes.Element

/** Elements within a line: links, code, ruby. */
private[page] final class Inline(line: Line) {

  /** Whether to walk into the element. The readings of a ruby are not part of the text (HTML, 4.5.10). */
  def enter(element: Element, name: String): Boolean =
    name match {
      case "a" =>
        if (Inline.isTool(element.attr("class"))) false
        else {
          line.beginLink()
          true
        }
      case "sup" => !Inline.isNote(element)
      case "code" | "kbd" | "samp" | "tt" =>
        line.beginCode()
        true
      case "rt" | "rp" | "rtc" => false
      case "wbr" | "hr" => false
      case "span" | "i" | "b" | "em" =>
        val classNames = element.attr("class")
        classNames.isEmpty || !(Code.isGutter(classNames) || Inline.isTool(classNames))
      case _ => true
    }

  /** Called after an element that was walked into. */
  def leave(name: String): Unit =
    name match {
      case "a" => line.endLink()
      case "code" | "kbd" | "samp" | "tt" => line.endCode()
      case _ =>
    }
}

private object Inline {

  private val tools = new Names("headerlink", "permalink", "anchor-link", "hash-link", "anchorjs-link", "heading-anchor",
    "header-anchor", "doc-anchor", "anchor", "mw-editsection", "eqno", "test-arrow", "footnote-ref", "footnote-backref",
    "noteref", "footref", "copy-button")

  /** Whether the class names are those of permalinks, edit links, equation numbers or notes. */
  private def isTool(classNames: String): Boolean = tools.hasOne(classNames)

  private val notes = new Names("reference", "footnote-ref", "footnote-reference", "footnote", "noteref", "mw-ref")

  /** Whether a superscript refers to a note: by its class, or because it has only a link within the page. */
  private def isNote(element: Element): Boolean =
    notes.hasOne(element.attr("class")) || (element.childNodeSize == 1 && element.childrenSize == 1 && {
      val child = element.child(0)
      child.normalName == "a" && child.attr("href").startsWith("#")
    })
}
