package org.decantry.page

import org.jsoup.nodes.Element

/** Elements within a line: links, code, ruby. */
private[page] final class Inline(line: Line) {

  /** Whether to walk into the element. Readings above the words of a ruby are none of its text (HTML, 4.5.10). */
  def enter(element: Element, name: String): Boolean =
    name match {
      case "a" =>
        line.beginLink()
        true
      case "code" | "kbd" | "samp" | "tt" =>
        line.beginCode()
        true
      case "rt" | "rp" | "rtc" => false
      case "wbr" | "hr" => false
      case "span" | "i" | "b" | "em" =>
        val classNames = element.attr("class")
        classNames.isEmpty || !Code.isGutter(classNames)
      case _ => true
    }

  def leave(name: String): Unit =
    name match {
      case "a" => line.endLink()
      case "code" | "kbd" | "samp" | "tt" => line.endCode()
      case _ =>
    }
}
