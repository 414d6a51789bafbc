package org.decantry.page

import java.util.ArrayList

/** Renders some of a page's blocks as plain text or Markdown.
  *
  * Blocks are separated by an empty line, or in a list whose items have one block each by a line break. The content of an
  * item is indented by the width of its marker.
  *
  * @param most the largest number of characters; the first block that would exceed it, and all later ones, are left out
  */
private[page] final class Rendering(walk: Walk, blocks: ArrayList[Block], markdown: Boolean, most: Int) {
  private val c = walk.containers
  private val out = new java.lang.StringBuilder
  private val signed = new Array[Boolean](c.size) // the items whose marker is written
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

  /** Writes the separator of two blocks. */
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

  /** The lists with an item that has two or more blocks. */
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

  /** The indentation of an item: the width of the written markers of the items around it. */
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

  /** The outermost list around an item. */
  private def outermost(item: Int): Int = {
    var list = c.parent(item)
    while (list >= 0 && c.item(list) >= 0) list = c.parent(c.item(list))
    list
  }

  private def quotes(levels: Int): String = if (markdown) "> " * math.min(Rendering.Deepest, levels) else ""

  /** The number of quotes around both elements. */
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

  /** The most characters of a page's text: four times its markup, plus 10,000. The markers of quotes and lists before each
    * line of code may make it longer.
    */
  def most(html: String): Int = 4 * math.min(html.length, Markup.MostChars) + 10000

  /** The marker of a definition. */
  val Definition = ": "
}
