package org.decantry.page

import org.jsoup.nodes.{DataNode, Element, TextNode}

/** A formula as LaTeX. `display` is true if it has a line of its own. */
private[page] final case class Formula(latex: String, display: Boolean)

/** Reads formulas. A page may have a formula in several forms: LaTeX is preferred to MathML, and others are skipped. */
private[page] object Formulas {

  private val MostNodes = 20000
  private val marks = Seq("$$" -> "$$", "$" -> "$", "\\[" -> "\\]", "\\(" -> "\\)")

  /** Whether the element is a complete formula. */
  def holds(element: Element, name: String): Boolean =
    name match {
      case "math" | "mjx-container" => true
      case "span" | "div" =>
        val classNames = element.attr("class")
        classNames.nonEmpty && (classNames.contains("katex") && named(classNames, "katex", "katex-display") ||
          classNames.contains("MathJax") && !classNames.contains("MathJax_Preview") || classNames.contains("MathJax_Preview") ||
          classNames.contains("mwe-math-element"))
      case _ => false
    }

  /** The formula; null if the element has none, or if another element has the same one. */
  def of(element: Element, name: String): Formula =
    name match {
      case "script" =>
        val kind = element.attr("type")
        if (kind.startsWith("math/tex")) {
          val data = new java.lang.StringBuilder
          for (i <- 0 until element.childNodeSize) element.childNode(i) match {
            case node: DataNode => data.append(node.getWholeData)
            case node: TextNode => data.append(node.getWholeText)
            case _ =>
          }
          made(data.toString.stripPrefix("% <![CDATA[").stripSuffix("%]]>"), kind.contains("display"))
        } else null
      case "img" =>
        val classNames = element.attr("class")
        if (classNames.contains("mwe-math-fallback") || named(classNames, "tex", "latex"))
          made(element.attr("alt"), classNames.contains("fallback-image-display"))
        else null
      case "math" => ofMath(element, element.attr("display") == "block" || element.attr("mode") == "display")
      case _ =>
        val classNames = element.attr("class")
        if (classNames.contains("MathJax_Preview")) null
        else if (classNames.contains("MathJax") && hasScript(element)) null
        else within(element, isDisplay(element, name, classNames))
    }

  private def isDisplay(element: Element, name: String, classNames: String): Boolean =
    if (name == "mjx-container") element.attr("display") == "true" || element.attr("display") == "block"
    else named(classNames, "katex-display", "MathJax_Display", "MathJax_SVG_Display", "MJXc-display", "mwe-math-element-block") ||
      (element.parent != null && named(Names.of(element.parent), "katex-display", "MathJax_Display", "MathJax_SVG_Display", "MJXc-display"))

  /** Whether a script with LaTeX follows: MathJax 2 puts it after the element that it displays. */
  private def hasScript(element: Element): Boolean = {
    var next = element.nextElementSibling
    if (next == null && element.parent != null) next = element.parent.nextElementSibling
    next != null && next.normalName == "script" && next.attr("type").startsWith("math/")
  }

  /** The formula in a renderer's box: LaTeX, MathML or the text of an image; without them, the visible text. */
  private def within(element: Element, display: Boolean): Formula = {
    var latex = element.attr("data-latex")
    var math: Element = null
    var image: Element = null
    val seen = new Line
    val stack = new NodeStack
    stack.push(element)
    while (!stack.isEmpty && latex.isEmpty && math == null && stack.visited < MostNodes) {
      stack.nextChild() match {
        case null => stack.pop()
        case text: TextNode => seen.add(text.getWholeText)
        case child: Element =>
          val name = child.normalName
          if (name == "math") math = child
          else if (name == "img") image = child
          else {
            latex = child.attr("data-latex")
            if (latex.isEmpty && child.hasAttr("data-mathml")) {
              val parsed = org.jsoup.Jsoup.parseBodyFragment(child.attr("data-mathml")).body
              if (parsed.childrenSize > 0 && parsed.child(0).normalName == "math") math = parsed.child(0)
            }
            stack.push(child)
          }
        case _ =>
      }
    }
    if (latex.nonEmpty) made(latex, display)
    else if (math != null) ofMath(math, display || math.attr("display") == "block")
    else if (image != null) made(image.attr("alt"), display || image.attr("class").contains("display"))
    else made(seen.text, display)
  }

  private def ofMath(math: Element, display: Boolean): Formula = {
    val shown = display || isDisplay(math, "math", "")
    val annotated = annotation(math)
    if (annotated.nonEmpty) made(annotated, shown)
    else if (math.attr("alttext").nonEmpty) made(math.attr("alttext"), shown)
    else made(MathMl.latex(math), shown)
  }

  private def annotation(math: Element): String = {
    val stack = new NodeStack
    stack.push(math)
    while (!stack.isEmpty && stack.visited < MostNodes) {
      stack.nextChild() match {
        case null => stack.pop()
        case child: Element =>
          if (child.normalName == "annotation" && child.attr("encoding").toLowerCase(java.util.Locale.ROOT).contains("tex"))
            return child.wholeText
          stack.push(child)
        case _ =>
      }
    }
    ""
  }

  private def made(latex: String, display: Boolean): Formula = {
    val line = new Line
    line.add(unwrapped(latex))
    if (line.isEmpty) null else Formula(line.text, display)
  }

  /** Whether a block is the source of a display formula, which a script of the page would typeset. */
  def isSource(text: String): Boolean =
    text.length > 4 && ((text.startsWith("\\[") && text.endsWith("\\]")) ||
      (text.startsWith("$$") && text.indexOf("$$", 2) == text.length - 2))

  /** The line with dollar signs instead of \\( and \\) around the source of formulas. */
  def marked(line: String): String = {
    var open = line.indexOf("\\(")
    if (open < 0) line
    else {
      val out = new java.lang.StringBuilder
      var from = 0
      while (open >= 0) {
        val close = line.indexOf("\\)", open + 2)
        if (close < 0) open = -1
        else {
          out.append(line, from, open).append('$').append(line.substring(open + 2, close).trim).append('$')
          from = close + 2
          open = line.indexOf("\\(", from)
        }
      }
      out.append(line, from, line.length).toString
    }
  }

  /** The LaTeX without delimiters, and without the style that MediaWiki adds. */
  def unwrapped(latex: String): String = {
    var text = latex.trim
    for ((begin, end) <- marks if text.length > begin.length + end.length && text.startsWith(begin) && text.endsWith(end))
      text = text.substring(begin.length, text.length - end.length).trim
    for (style <- Seq("{\\displaystyle", "{\\textstyle") if text.startsWith(style) && text.endsWith("}"))
      text = text.substring(style.length, text.length - 1).trim
    text
  }

  private def named(classNames: String, names: String*): Boolean =
    classNames.nonEmpty && Names.cut(classNames).split("\\s+").exists(name => names.contains(name))
}
