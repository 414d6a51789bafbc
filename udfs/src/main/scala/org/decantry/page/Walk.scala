package org.decantry.page

import java.util.ArrayList

import org.jsoup.nodes.{CDataNode, Element, Node, TextNode}

/** Walks over a page once, and collects its blocks and the elements that contain them.
  *
  * A block is a run of inline content in a block element; two line breaks in a row split it. Data tables, code blocks and
  * display formulas are blocks of their own. The walk uses an explicit stack, and ends after `MostNodes` nodes.
  */
private[page] final class Walk(root: Element) {
  val blocks = new ArrayList[Block]
  val containers = new Containers
  val metadata = new Metadata

  private val allowance = new Allowance
  private val line = new Line
  private val inline = new Inline(line)
  private val stack = new NodeStack
  private var at = containers.add(-1)

  def run(): Unit = {
    stack.push(root)
    while (!stack.isEmpty && stack.visited < Walk.MostNodes && blocks.size < Walk.MostBlocks) {
      val node = stack.nextChild()
      if (node == null) leave(stack.pop())
      else
        node match {
          case text: TextNode => line.add(if (text.isInstanceOf[CDataNode]) text.text else text.getWholeText)
          case element: Element => if (enter(element)) stack.push(element)
          case _ =>
        }
    }
    flush()
  }

  /** Whether to walk into the element. */
  private def enter(element: Element): Boolean = {
    val name = element.normalName
    val tag = Tags.of(name)
    if (tag != Tags.Skipped) metadata.seeProperty(element)
    metadata.see(element, name)
    if (tag == Tags.Skipped) {
      if (name == "head") seeHead(element)
      else if (name == "script" || name == "img") formula(element, name)
      else if (name == "input" && element.attr("type") == "checkbox" && containers.item(at) >= 0 && line.isEmpty)
        line.add(if (element.hasAttr("checked")) "[x] " else "[ ] ")
      false
    } else if ((tag & Tags.Block) != 0) enterBlock(element, name, tag)
    else if (name == "br") {
      line.addBreak()
      if (line.breaksAtEnd > 1) flush()
      false
    } else if (Formulas.holds(element, name)) {
      formula(element, name)
      false
    } else if (name == "code" && Code.standsAlone(element)) {
      flush()
      code(element)
      false
    } else inline.enter(element, name)
  }

  private def seeHead(head: Element): Unit =
    for (i <- 0 until head.childNodeSize) head.childNode(i) match {
      case element: Element => metadata.see(element, element.normalName)
      case _ =>
    }

  private def enterBlock(element: Element, name: String, tag: Int): Boolean = {
    flush()
    val classNames = element.attr("class")
    if (classNames.nonEmpty && name != "pre" && Code.isGutter(classNames)) return false
    if (Formulas.holds(element, name)) {
      formula(element, name)
      return false
    }
    open(element, name, tag, classNames)
    if (Code.isRoot(name, classNames)) {
      code(element)
      at = containers.parent(at)
      false
    } else if (name == "table") {
      val table = Table.read(element, allowance)
      if (table == null) true
      else {
        if (table.caption.nonEmpty) {
          blocks.add(new Block(Block.Caption, at, table.caption, table.caption, 0, 0))
        }
        blocks.add(new Block(Block.Table, at, table.text, table.markdown, table.links, table.linkChars))
        at = containers.parent(at)
        false
      }
    } else true
  }

  /** Adds a container for the element, inside the current one. */
  private def open(element: Element, name: String, tag: Int, classNames: String): Unit = {
    val c = containers
    val above = at
    at = c.add(above)
    c.marks(at) = Marks.of(classNames, element.attr("id"))
    c.marksAround(at) |= c.marks(at)
    c.tagsAround(at) |= tag & (Containers.Concealed - 1)
    if (Walk.concealed(element)) c.tagsAround(at) |= Containers.Concealed
    c.shape(at) = 31 * (31 * above + name.hashCode) + classNames.hashCode
    val level = Tags.headingLevel(name)
    if (level > 0) c.heading(at) = level.toByte
    name match {
      case "blockquote" =>
        c.quotes(at) = math.min(c.quotes(at) + 1, 20).toByte
        c.quote(at) = at
      case "figcaption" | "caption" => c.captions(at) = true
      case "ul" | "ol" | "menu" | "dir" | "dl" =>
        c.lists(at) = math.min(c.lists(at) + 1, 20).toByte
        c.next(at) = Walk.number(element.attr("start"), 1)
        if (c.last(above) >= 0) c.item(at) = c.last(above) // a list directly in a list, not in an item
      case "li" =>
        val ordered = element.parent != null && element.parent.normalName == "ol"
        c.item(at) = at
        c.last(above) = at
        c.sign(at) = "- "
        if (ordered) {
          val number = Walk.number(element.attr("value"), c.next(above))
          c.next(above) = number + 1
          c.sign(at) = s"$number. "
        }
      case "dt" | "dd" =>
        c.item(at) = at
        c.sign(at) = if (name == "dd") ": " else ""
      case _ =>
    }
  }

  private def leave(element: Element): Unit = {
    val name = element.normalName
    if ((Tags.of(name) & Tags.Block) != 0) {
      flush()
      if (containers.parent(at) >= 0) at = containers.parent(at)
    } else inline.leave(name)
  }

  private def formula(element: Element, name: String): Unit = {
    val found = allowance.formula(element, name)
    if (found != null) {
      if (found.display) {
        flush()
        formulaAlone(found.latex)
      } else line.add(found.latex, s"$$${found.latex}$$")
    }
  }

  private def code(element: Element): Unit = {
    val code = Code.text(element)
    if (code.nonEmpty) {
      val language = Code.language(element)
      blocks.add(new Block(Block.Code, at, code, Code.fenced(code, language), 0, 0, 0, language))
    }
  }

  private def formulaAlone(latex: String): Unit = {
    line.clear()
    blocks.add(new Block(Block.Formula, at, latex, s"$$$$$latex$$$$", 0, 0))
  }

  private def flush(): Unit =
    if (line.isEmpty) line.clear()
    else flush(line.text)

  private def flush(text: String): Unit =
    if (Formulas.isSource(text)) formulaAlone(Formulas.unwrapped(text))
    else if (line.isOneFormula) formulaAlone(text)
    else {
      val c = containers
      val heading = c.heading(at).toInt
      val kind =
        if (heading > 0) Block.Heading
        else if (c.captions(at)) Block.Caption
        else if (c.item(at) >= 0) Block.List
        else if (c.quotes(at) > 0) Block.Quote
        else Block.Paragraph
      val markdown = Formulas.marked(line.markdown(text))
      blocks.add(new Block(kind, at, text, markdown, line.links, line.linkChars, heading))
      line.clear()
    }
}

private[page] object Walk {

  /** The rest of a page is not walked. No page for human readers has as many nodes. */
  val MostNodes = 1000000
  val MostBlocks = 100000

  private def concealed(element: Element): Boolean = {
    val style = element.attr("style")
    (style.nonEmpty && (style.contains("display:none") || style.contains("display: none"))) ||
    element.hasAttr("hidden") || element.attr("aria-hidden") == "true"
  }

  private def number(text: String, otherwise: Int): Int =
    if (text.nonEmpty && text.length < 9 && text.forall(char => char >= '0' && char <= '9')) text.toInt else otherwise
}

/** A stack of the open elements, each with its next child. */
private[page] final class NodeStack {
  private var elements = new Array[Element](64)
  private var next = new Array[Int](64)
  private var size = 0
  var visited = 0

  def isEmpty: Boolean = size == 0

  def push(element: Element): Unit = {
    if (size == elements.length) {
      elements = java.util.Arrays.copyOf(elements, 2 * size)
      next = java.util.Arrays.copyOf(next, 2 * size)
    }
    elements(size) = element
    next(size) = 0
    size += 1
  }

  def pop(): Element = {
    size -= 1
    elements(size)
  }

  /** The next child of the top element; null after the last. */
  def nextChild(): Node = {
    val element = elements(size - 1)
    val at = next(size - 1)
    if (at >= element.childNodeSize) null
    else {
      next(size - 1) = at + 1
      visited += 1
      element.childNode(at)
    }
  }
}
