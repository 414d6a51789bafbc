package org.decantry.page

import java.util.ArrayList

/** Some of a page's blocks as one text: plain, or Markdown.
  *
  * An empty line parts blocks; in a list none of whose items has two blocks, a line break. What is in an item is indented
  * by as much as its sign takes.
  *
  * @param most how many characters the text may have; the block that would make it longer, and those after it, are left out
  */
private[page] final class Rendering(walk: Walk, blocks: ArrayList[Block], markdown: Boolean, most: Int) {
  private val c = walk.containers
  private val out = new java.lang.StringBuilder
  private val signed = new Array[Boolean](c.size) // the items whose sign is written
  private val loose = looseLists()

  val result: String = {
    var end, i = 0
    while (i < blocks.size && out.length <= most) {
      end = out.length
      if (i > 0) part(blocks.get(i - 1), blocks.get(i))
      add(blocks.get(i))
      i += 1
    }
    if (out.length > most) out.setLength(end)
    out.toString
  }

  private def add(block: Block): Unit = {
    val text = if (markdown) block.markdown else block.text
    val quoted = quotes(c.quotes(block.container).toInt)
    val item = c.item(block.container)
    if (item < 0 || block.level > 0) {
      if (block.level > 0 && markdown) lines("#" * block.level + " " + text.replace('\n', ' '), quoted, quoted)
      else lines(text, quoted, quoted)
    } else {
      val indent = quoted + " " * indentOf(item)
      val sign = c.sign(item)
      val first = !signed(item) && !(block.kind == Block.Formula && sign == Rendering.Definition)
      signed(item) = signed(item) || first
      val below = indent + (if (sign == Rendering.Definition && block.kind == Block.Formula) "" else " " * sign.length)
      lines(text, if (first) indent + sign else below, below)
    }
  }

  /** What stands between two blocks. */
  private def part(before: Block, after: Block): Unit = {
    out.append('\n')
    if (!isTight(before, after)) {
      out.append(quotes(commonQuotes(before.container, after.container)).stripTrailing).append('\n')
    }
  }

  private def isTight(before: Block, after: Block): Boolean = {
    val (a, b) = (c.item(before.container), c.item(after.container))
    before.kind == Block.List && after.kind == Block.List && a >= 0 && b >= 0 && a != b &&
    c.quote(before.container) == c.quote(after.container) && outermost(a) == outermost(b) && !loose(c.parent(b)) &&
    !(c.sign(b).isEmpty && c.sign(a) == Rendering.Definition)
  }

  /** The lists with an item that has two blocks or more of its own. */
  private def looseLists(): Array[Boolean] = {
    val loose = new Array[Boolean](c.size)
    val counts = new Array[Int](c.size)
    for (i <- 0 until blocks.size) {
      val item = c.item(blocks.get(i).container)
      if (item >= 0) {
        counts(item) += 1
        if (counts(item) > 1 && c.sign(item) != Rendering.Definition) loose(c.parent(item)) = true
      }
    }
    loose
  }

  /** How far an item is indented: as far as the signs of the items around it that are written. */
  private def indentOf(item: Int): Int = {
    var width, steps = 0
    var above = c.parent(item)
    while (above >= 0 && steps < Rendering.Deepest) {
      val outer = c.item(above)
      if (outer < 0) above = -1
      else {
        if (signed(outer)) width += c.sign(outer).length
        steps += 1
        above = c.parent(outer)
      }
    }
    width
  }

  /** The list around all the lists that an item is in. */
  private def outermost(item: Int): Int = {
    var list = c.parent(item)
    while (list >= 0 && c.item(list) >= 0) list = c.parent(c.item(list))
    list
  }

  private def quotes(levels: Int): String = if (markdown) "> " * math.min(Rendering.Deepest, levels) else ""

  /** How many quotes hold both of two elements. */
  private def commonQuotes(a: Int, b: Int): Int = {
    var (first, second) = (c.quote(a), c.quote(b))
    while (first != second) {
      if (first > second) first = c.quote(c.parent(first))
      else second = c.quote(c.parent(second))
    }
    if (first < 0) 0 else c.quotes(first).toInt
  }

  private def lines(text: String, first: String, rest: String): Unit = {
    var start = 0
    while (start <= text.length && out.length <= most) {
      val at = text.indexOf('\n', start)
      val end = if (at < 0) text.length else at
      if (start > 0) out.append('\n')
      val prefix = if (start == 0) first else rest
      if (end > start) out.append(prefix).append(text, start, end) else out.append(prefix.stripTrailing)
      start = end + 1
    }
  }
}

private[page] object Rendering {
  private val Deepest = 8

  /** The most characters of a page's text: four times its markup, and 10,000. What quotes and lists put before each line
    * of code may make it longer.
    */
  def most(html: String): Int = 4 * math.min(html.length, Markup.MostChars) + 10000

  /** The sign of a definition. */
  val Definition = ": "
}
