package org.decantry.page

import org.jsoup.nodes.{Element, TextNode}

/** Distinguishes data tables from layout tables. */
private[page] object TableShape {

  private val LongestCell = 600
  private val LongestHeadedCell = 2000
  private val LongestMean = 120
  private val MostWithin = 500

  /** Whether a table has data: at least two rows and two columns, no code or heading, nested tables only below a row of
    * header cells, and short cells. With a head, a caption or a summary, cells may be longer.
    */
  def isData(table: Element): Boolean = {
    val role = table.attr("role")
    if (role == "presentation" || role == "none") return false
    var rows, cells, inRow, widest, heads, chars, inCell, longest, filled, paragraphs, filledInRow, widestFilled = 0
    var within, looked = 0 // open nested tables; nodes of nested tables
    var caption = table.hasAttr("summary") && table.attr("summary").nonEmpty
    val stack = new NodeStack
    stack.push(table)
    while (!stack.isEmpty && stack.visited < Walk.MostNodes) {
      stack.nextChild() match {
        case null =>
          stack.pop().normalName match {
            case "table" => within -= 1
            case _ if within > 0 =>
            case "td" | "th" =>
              longest = math.max(longest, inCell)
              chars += inCell
              if (inCell > 0) {
                filled += 1
                filledInRow += 1
              }
              inCell = 0
            case "tr" =>
              widest = math.max(widest, inRow)
              widestFilled = math.max(widestFilled, filledInRow)
              if (filledInRow > 0) rows += 1
            case _ =>
          }
        case text: TextNode => inCell += visible(text.getWholeText)
        case element: Element =>
          element.normalName match {
            case "table" =>
              within += 1
              if (heads < 2) return false
            case _ if within > 0 =>
              looked += 1
              if (looked > MostWithin) return false
            case "pre" | "h1" | "h2" | "h3" | "article" | "form" | "main" => return false
            case "tr" =>
              inRow = 0
              filledInRow = 0
            case "td" | "th" =>
              if (Code.isGutter(element.attr("class"))) return false
              cells += 1
              inRow += 1
              if (element.normalName == "th") heads += 1
              inCell = if (hasFormula(element)) 1 else 0
            case "caption" =>
              caption = true
            case "p" => paragraphs += 1
            case _ =>
          }
          if (Tags.of(element.normalName) != Tags.Skipped) stack.push(element)
        case _ =>
      }
    }
    val headed = heads > 0 || caption
    rows >= 2 && widest >= 2 && widestFilled >= 2 && filled >= 3 && paragraphs <= 2 * cells &&
    longest <= (if (headed) LongestHeadedCell else LongestCell) && chars <= filled.toLong * LongestMean * (if (headed) 3 else 1)
  }

  private def hasFormula(cell: Element): Boolean = cell.childrenSize > 0 && cell.child(0).normalName == "img" && Formulas.of(cell.child(0), "img") != null

  private def visible(text: String): Int = {
    var count, i = 0
    while (i < text.length) {
      if (Line.kind(text.charAt(i)) == 0) count += 1
      i += 1
    }
    count
  }
}
