package org.decantry.page

/** Blocks as one text: plain, or Markdown. */
private[page] final class Rendering(walk: Walk, markdown: Boolean) {
  private val c = walk.containers
  private val out = new java.lang.StringBuilder
  private val signed = new java.util.HashSet[Integer] // the items whose sign is written
  private var before: Block = _

  def add(block: Block): Unit = {
    if (before != null) out.append(if (sameList(before, block)) "\n" else "\n\n")
    val item = c.item(block.container)
    val text = if (markdown) block.markdown else block.text
    val quoted = if (markdown) "> " * math.min(Rendering.Deepest, c.quotes(block.container).toInt) else ""
    val (first, rest) =
      if (item < 0 || block.level > 0) ("", "")
      else {
        val sign = if (signed.add(item)) c.sign(item) else ""
        val indent = indentOf(item)
        (indent + sign, if (sign.isEmpty) indent + " " * c.sign(item).length else indent + " " * sign.length)
      }
    val begin = if (first.isEmpty) rest else first
    if (markdown && block.level > 0) out.append(quoted).append("#" * block.level).append(' ').append(text.replace('\n', ' '))
    else lines(text, quoted + begin, quoted + rest)
    before = block
  }

  def result: String = out.toString

  /** What stands before the sign of an item: as much as the signs of the items around it take. */
  private def indentOf(item: Int): String = {
    var width, steps = 0
    var above = c.parent(item)
    while (above >= 0 && steps < Rendering.Deepest) {
      val outer = c.item(above)
      if (outer < 0) above = -1
      else {
        if (signed.contains(outer)) width += c.sign(outer).length
        steps += 1
        above = c.parent(outer)
      }
    }
    " " * width
  }

  private def lines(text: String, first: String, rest: String): Unit = {
    var start = 0
    while (start <= text.length) {
      val at = text.indexOf('\n', start)
      val end = if (at < 0) text.length else at
      if (start > 0) out.append('\n')
      val prefix = if (start == 0) first else rest
      if (end > start) out.append(prefix).append(text, start, end) else out.append(prefix.stripTrailing)
      start = end + 1
    }
  }

  private def sameList(a: Block, b: Block): Boolean =
    a.kind == Block.List && b.kind == Block.List && c.quotes(a.container) == c.quotes(b.container) && {
      val (first, second) = (outermost(c.item(a.container)), outermost(c.item(b.container)))
      first == second && c.item(a.container) != c.item(b.container)
    }

  /** The list around all the lists that an item is in. */
  private def outermost(item: Int): Int = {
    var at = item
    var list = c.parent(item)
    while (list >= 0 && c.item(list) >= 0) {
      at = c.item(list)
      list = c.parent(at)
    }
    list
  }
}

private[page] object Rendering {
  private val Deepest = 8
}
