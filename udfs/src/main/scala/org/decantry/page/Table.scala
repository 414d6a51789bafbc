package org.decantry.page

import java.util.ArrayList

import org.jsoup.nodes.{Element, TextNode}

/** A data table: rows of cells, with spans resolved.
  *
  * In both forms, each row is a line. A cell that spans rows or columns is repeated in each of them. A cell as wide as the
  * table, or longer than `LongestRepeated`, is written once and followed by empty cells. Spans are ignored when the page's
  * allowance is used up.
  *
  * @param caption   the table's own caption; empty if it has none
  * @param text      cells separated by " | "
  * @param markdown  a table in GitHub's Markdown; its first row is the head
  */
private[page] final case class Table(caption: String, text: String, markdown: String, links: Int, linkChars: Int)

private[page] object Table {

  private val MostCells = 20000
  private val MostColumns = 200
  private val MostPlaces = 100000 // of the grid
  private val LongestRepeated = 100

  private val Frame = 3 // the characters that Markdown has around a cell
  private val Rule = " --- |" // below a cell of the head

  private final class Cell(val text: String, val markdown: String, val columns: Int, val rows: Int) {
    def chars: Int = text.length + markdown.length + Frame
  }

  /** The table; null if it is used for layout. */
  def read(element: Element, allowance: Allowance): Table =
    if (TableShape.isData(element)) new Reader(element, allowance).table() else null

  private final class Reader(root: Element, allowance: Allowance) {
    private val line = new Line
    private val inline = new Inline(line)
    private val rows = new ArrayList[ArrayList[Cell]]
    private val foot = new ArrayList[ArrayList[Cell]]
    private var headRows = 0 // rows of the thead, which come first
    private var nested = 0
    private var inFoot = false
    private var caption = ""
    private var cells, links, linkChars = 0

    def table(): Table = {
      collect()
      rows.addAll(foot)
      if (caption.isEmpty) caption = firstRowAsCaption()
      val all = headed(resolved())
      val columns = all.map(_.length).foldLeft(0)(math.max)
      val grid = all.take(MostPlaces / math.max(1, columns))
      if (columns == 0) null
      else {
        val text = new java.lang.StringBuilder
        val markdown = new java.lang.StringBuilder
        for (i <- grid.indices) {
          if (i > 0) text.append('\n')
          var written = false
          for (cell <- grid(i) if cell != null && cell.text.nonEmpty) {
            if (written) text.append(" | ")
            text.append(cell.text)
            written = true
          }
          if (i > 0) markdown.append('\n')
          markdown.append('|')
          var places = 0
          for (at <- 0 until columns) {
            val cell = if (at < grid(i).length) grid(i)(at) else null
            if (cell != null || allowance.repeat(if (i == 0) Frame + Rule.length else Frame)) {
              markdown.append(' ').append(if (cell == null) "" else cell.markdown).append(" |")
              places += 1
            }
          }
          if (i == 0) markdown.append("\n|").append(Rule * places)
        }
        new Table(caption, text.toString, markdown.toString, links, linkChars)
      }
    }

    /** Collects the rows and their cells in one walk. */
    private def collect(): Unit = {
      val stack = new NodeStack
      stack.push(root)
      while (!stack.isEmpty && cells < MostCells && stack.visited < Walk.MostNodes) {
        stack.nextChild() match {
          case null => leave(stack.pop())
          case text: TextNode => line.add(text.getWholeText)
          case element: Element => if (enter(element)) stack.push(element)
          case _ =>
        }
      }
    }

    private def enter(element: Element): Boolean = {
      val name = element.normalName
      val tag = Tags.of(name)
      if (tag == Tags.Skipped || Formulas.holds(element, name)) {
        val formula = if (tag != Tags.Skipped || name == "script" || name == "img") allowance.formula(element, name) else null
        if (formula != null) line.add(formula.latex, s"$$${formula.latex}$$")
        false
      } else if (nested > 0 || name == "table") {
        if (name == "table") nested += 1
        if ((tag & Tags.Block) != 0 || name == "br") {
          line.addSpace()
          name != "br"
        } else inline.enter(element, name)
      } else if (name == "tr") {
        val section = if (element.parent == null) "" else element.parent.normalName
        cells += 1 // so that rows without cells are counted too
        (if (section == "tfoot") foot else rows).add(new ArrayList[Cell])
        if (section == "thead" && headRows == rows.size - 1) headRows += 1
        inFoot = section == "tfoot"
        true
      } else if (name == "td" || name == "th" || name == "caption") {
        line.clear()
        true
      } else if ((tag & Tags.Block) != 0 || name == "br") {
        line.addSpace()
        name != "br"
      } else inline.enter(element, name)
    }

    private def leave(element: Element): Unit =
      element.normalName match {
        case name if nested > 0 =>
          if (name == "table") nested -= 1
          if ((Tags.of(name) & Tags.Block) != 0) line.addSpace() else inline.leave(name)
        case "td" | "th" =>
          if (rows.isEmpty && !inFoot) rows.add(new ArrayList[Cell])
          links += line.links
          linkChars += line.linkChars
          cells += 1
          val into = if (inFoot) foot else rows
          val text = line.text
          val markdown = line.markdown(text).replace("|", "\\|")
          val cell = new Cell(text, markdown, span(element, "colspan"), span(element, "rowspan"))
          into.get(into.size - 1).add(cell)
          allowance.hold(cell.chars)
          line.clear()
        case "caption" =>
          caption = line.text
          line.clear()
        case name if (Tags.of(name) & Tags.Block) != 0 => line.addSpace()
        case name => inline.leave(name)
      }

    private def span(element: Element, attribute: String): Int = {
      val text = element.attr(attribute).trim
      val most = if (attribute == "rowspan") MostCells else MostColumns
      if (text.isEmpty || !text.forall(char => char >= '0' && char <= '9')) 1
      else if (text.length > 5) most
      else math.max(if (attribute == "rowspan" && text == "0") most else 1, math.min(most, text.toInt))
    }

    /** The text of the first row if it is one cell as wide as the table; the row is then removed. */
    private def firstRowAsCaption(): String =
      if (rows.size > 2 && rows.get(0).size == 1 && widestRow() > 1 && rows.get(0).get(0).columns >= widestRow() &&
        rows.get(0).get(0).rows == 1) {
        headRows = math.max(0, headRows - 1)
        rows.remove(0).get(0).text
      } else ""

    /** The grid with the rows of its head merged into one, without repeated texts in a column. */
    private def headed(grid: Array[Array[Cell]]): Array[Array[Cell]] =
      if (headRows < 2 || headRows >= grid.length) grid
      else {
        val columns = grid.take(headRows).map(_.length).max
        val head = Array.tabulate(columns) { at =>
          val cells = grid.take(headRows).flatMap(row => if (at < row.length) Option(row(at)) else None)
          if (cells.isEmpty) null
          else new Cell(cells.map(_.text).distinct.mkString(" ").trim, cells.map(_.markdown).distinct.mkString(" ").trim, 1, 1)
        }
        head +: grid.drop(headRows)
      }

    /** The rows as a grid, without empty rows. A position is null if a span covers it without repeating its cell. Every row
      * ends with a cell.
      */
    private def resolved(): Array[Array[Cell]] = {
      val widest = widestRow()
      val below = new Array[Int](MostColumns) // the number of rows for which the cell in `taken` still covers the column
      val taken = new Array[Cell](MostColumns)
      val grid = Array.newBuilder[Array[Cell]]
      var places, emptyHeads = 0
      for (i <- 0 until rows.size if places < MostCells) {
        val row = new Array[Cell](MostColumns)
        var at = 0
        var end = 0
        var next = 0
        val cells = rows.get(i)
        while (at < MostColumns && (next < cells.size || at < widest)) {
          if (below(at) > 0 && repeats(taken(at))) {
            row(at) = taken(at)
            below(at) -= 1
            at += 1
            if (taken(at - 1) != null) end = at
          } else if (next < cells.size) {
            val cell = cells.get(next)
            next += 1
            val columns = math.min(cell.columns, MostColumns - at)
            val once = cell.text.length > LongestRepeated || (columns >= widest && columns > 1)
            var column = 0
            while (column < columns && (column == 0 || (below(at) == 0 && repeats(if (once) null else cell)))) {
              val shown = if (column > 0 && once) null else cell
              row(at) = shown
              below(at) = cell.rows - 1
              taken(at) = if (cell.text.length > LongestRepeated) null else shown
              at += 1
              column += 1
              if (shown != null) end = at
            }
          } else at += 1
        }
        places += end
        if ((0 until end).exists(column => row(column) != null && row(column).text.nonEmpty)) grid += row.take(end)
        else if (i < headRows) emptyHeads += 1
      }
      headRows -= emptyHeads
      grid.result()
    }

    /** Whether the page's allowance permits repeating a cell. */
    private def repeats(cell: Cell): Boolean = cell == null || allowance.repeat(cell.chars)

    private def widestRow(): Int = {
      var widest = 0
      for (i <- 0 until rows.size) {
        var width = 0
        rows.get(i).forEach(cell => width += cell.columns)
        widest = math.max(widest, math.min(width, MostColumns))
      }
      widest
    }
  }
}
