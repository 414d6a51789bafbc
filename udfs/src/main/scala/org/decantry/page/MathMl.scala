package org.decantry.page

import org.jsoup.nodes.{Element, TextNode}

/** Converts MathML to LaTeX: fractions, roots, scripts and tables (MathML 3, chapter 3). Of others, only the content. */
private[page] object MathMl {

  private val MostNodes = 20000
  private val MostChars = 20000
  private val LookedBack = 200 // characters before the next part

  /** An open element and the LaTeX of its children so far. */
  private final class Open(val element: Element) {
    val parts = new java.util.ArrayList[String]
  }

  /** The element as LaTeX; empty if that would be longer than any real formula. */
  def latex(math: Element): String = {
    val stack = new NodeStack
    val open = new java.util.ArrayDeque[Open]
    stack.push(math)
    open.push(new Open(math))
    var chars = 0
    while (stack.visited < MostNodes && chars < MostChars) {
      stack.nextChild() match {
        case null =>
          stack.pop()
          val done = open.pop()
          val made = join(done.element.normalName, done.parts, done.element)
          chars += made.length - done.parts.stream.mapToInt(_.length).sum
          if (open.isEmpty) return made.trim
          open.peek.parts.add(made)
        case text: TextNode =>
          val line = new Line
          line.add(text.getWholeText)
          if (!line.isEmpty) {
            chars += line.length
            open.peek.parts.add(line.text)
          }
        case element: Element =>
          element.normalName match {
            case "annotation" | "annotation-xml" | "mphantom" =>
            case _ =>
              stack.push(element)
              open.push(new Open(element))
          }
        case _ =>
      }
    }
    ""
  }

  private def join(name: String, parts: java.util.List[String], element: Element): String = {
    def part(i: Int): String = if (i < parts.size) parts.get(i).trim else ""
    def braced(i: Int): String = s"{${part(i)}}"
    def script(i: Int): String = if (part(i).length == 1) part(i) else braced(i)
    name match {
      case "mfrac" => s"\\frac{${part(0)}}{${part(1)}}"
      case "msqrt" => s"\\sqrt{${all(parts)}}"
      case "mroot" => s"\\sqrt[${part(1)}]{${part(0)}}"
      case "msup" => s"${base(part(0))}^${script(1)}"
      case "msub" => s"${base(part(0))}_${script(1)}"
      case "msubsup" | "munderover" => s"${base(part(0))}_${script(1)}^${script(2)}"
      case "munder" => s"${base(part(0))}_${script(1)}"
      case "mover" => accents.get(if (parts.size > 1) parts.get(1) else "").fold(s"${base(part(0))}^${script(1)}")(accent => s"$accent{${part(0)}}")
      case "mfenced" =>
        val open = if (element.hasAttr("open")) element.attr("open") else "("
        val close = if (element.hasAttr("close")) element.attr("close") else ")"
        s"$open${String.join(", ", parts)}$close"
      case "mtable" => s"\\begin{matrix}${String.join(" \\\\ ", parts)}\\end{matrix}"
      case "mtr" | "mlabeledtr" => String.join(" & ", parts)
      case "mtext" => if (all(parts).exists(Character.isLetter)) s"\\text{${all(parts)}}" else all(parts)
      case "mi" =>
        val word = all(parts)
        if (functions(word)) s"\\$word" else if (word.length > 1 && word.forall(plain)) s"\\mathrm{$word}" else symbol(word)
      case "mo" =>
        val sign = symbol(all(parts))
        if (binary(sign)) s" $sign " else sign
      case "mspace" => " "
      case "semantics" => part(0)
      case _ => all(parts).trim
    }
  }

  private def base(text: String): String = if (text.length > 1 && !text.startsWith("\\") && !text.startsWith("{")) s"{$text}" else text

  /** The joined parts, with a space between a command and a letter, and after a large operator with limits. */
  private def all(parts: java.util.List[String]): String = {
    val out = new java.lang.StringBuilder
    parts.forEach { part =>
      if (out.length > 0 && part.nonEmpty) {
        val letter = Character.isLetter(part.charAt(0))
        val last = out.charAt(out.length - 1)
        if (last == ' ' && part.charAt(0) == ' ') out.setLength(out.length - 1)
        else if (letter && endsInCommand(out)) out.append(' ')
        else if (Character.isLetterOrDigit(part.charAt(0)) && afterLarge(out) && last != ' ') out.append(' ')
      }
      out.append(part)
    }
    out.toString
  }

  private def endsInCommand(text: CharSequence): Boolean = {
    var at = text.length - 1
    val least = math.max(0, text.length - LookedBack)
    while (at >= least && plain(text.charAt(at))) at -= 1
    at >= least && at < text.length - 1 && text.charAt(at) == '\\'
  }

  /** Whether the last word is a sum, product or integral with its limits. */
  private def afterLarge(text: java.lang.StringBuilder): Boolean = {
    val last = text.substring(math.max(0, text.length - LookedBack))
    val from = math.max(math.max(last.lastIndexOf("\\sum_"), last.lastIndexOf("\\int_")), last.lastIndexOf("\\prod_"))
    from >= 0 && last.indexOf(" ", from) < 0
  }

  private val binary = Set("\\times", "\\pm", "\\le", "\\ge", "\\ne", "\\approx", "\\to", "\\in", "\\Rightarrow", "\\equiv", "\\cdot")

  private def plain(char: Char): Boolean = char < 128 && Character.isLetter(char)

  private def symbol(text: String): String =
    if (text.length != 1) text
    else symbols.getOrElse(text.charAt(0), text)

  private val functions = Set("sin", "cos", "tan", "cot", "log", "ln", "exp", "lim", "max", "min", "det", "gcd", "sup", "inf", "arg",
    "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "dim", "ker", "Pr")

  private val accents = Map("\u00af" -> "\\bar", "\u203e" -> "\\bar", "^" -> "\\hat", "\u02c6" -> "\\hat", "~" -> "\\tilde",
    "\u02dc" -> "\\tilde", "\u2192" -> "\\vec", " \\to " -> "\\vec", "\u20d7" -> "\\vec", "\u02d9" -> "\\dot", "_" -> "\\bar",
    "\u00a8" -> "\\ddot")

  /** Operators and Greek letters; other characters do not change. U+2061 to U+2064 are invisible. */
  private val symbols: Map[Char, String] = Map(
    '\u2061' -> "", '\u2062' -> "", '\u2063' -> "", '\u2064' -> "", '\u2212' -> "-", '\u00d7' -> "\\times", '\u22c5' -> "\\cdot",
    '\u00b1' -> "\\pm", '\u2264' -> "\\le", '\u2265' -> "\\ge", '\u2260' -> "\\ne", '\u2248' -> "\\approx", '\u2211' -> "\\sum",
    '\u220f' -> "\\prod", '\u222b' -> "\\int", '\u221e' -> "\\infty", '\u2192' -> "\\to", '\u2208' -> "\\in", '\u2202' -> "\\partial",
    '\u2207' -> "\\nabla", '\u03b1' -> "\\alpha", '\u03b2' -> "\\beta", '\u03b3' -> "\\gamma", '\u03b4' -> "\\delta",
    '\u03b5' -> "\\varepsilon", '\u03b8' -> "\\theta", '\u03bb' -> "\\lambda", '\u03bc' -> "\\mu", '\u03c0' -> "\\pi",
    '\u03c1' -> "\\rho", '\u03c3' -> "\\sigma", '\u03c4' -> "\\tau", '\u03c6' -> "\\varphi", '\u03c9' -> "\\omega",
    '\u0393' -> "\\Gamma", '\u0394' -> "\\Delta", '\u03a3' -> "\\Sigma", '\u03a9' -> "\\Omega", '\u03b7' -> "\\eta",
    '\u03be' -> "\\xi", '\u03bd' -> "\\nu", '\u03c8' -> "\\psi", '\u03c7' -> "\\chi", '\u21d2' -> "\\Rightarrow",
    '\u2200' -> "\\forall", '\u2203' -> "\\exists", '\u2026' -> "\\ldots", '\u22ef' -> "\\cdots", '\u2261' -> "\\equiv"
  )
}
