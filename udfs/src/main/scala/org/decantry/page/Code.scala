package org.decantry.page

import org.jsoup.nodes.{Element, TextNode}

/** Extracts code with its line breaks from the markup of highlighters. Columns of line numbers are left out. */
private[page] object Code {

  private val MostNodes = 200000

  private val gutters = new Names("gutter", "linenos", "lineno", "linenum", "line-number", "line-numbers", "line-numbers-rows",
    "linenodiv", "linenumber", "linenumbers", "lnt", "ln", "blob-num", "crayon-nums", "hljs-ln-numbers", "hljs-ln-line-numbers",
    "rouge-gutter", "codemirror-linenumber", "codemirror-gutter-wrapper", "cm-gutters", "react-line-number", "line_numbers",
    "code-line-number", "lineno-container", "line-no", "rouge-line-number")

  private val roots = new Names("syntaxhighlighter", "crayon-table", "crayon-pre", "codemirror-code", "cm-content", "react-code-lines",
    "js-file-line-container", "blob-code-container", "highlighttable", "rouge-table", "view-lines", "ace_text-layer",
    "code-table", "codehilitetable", "lntable")

  private val lines = new Names("line", "code-line", "crayon-line", "view-line", "cm-line", "ace_line", "codemirror-line",
    "codeline", "code_line")

  private val notLanguages = Set("none", "text", "txt", "plain", "plaintext", "default", "nohighlight", "notranslate", "source",
    "highlight", "code", "raw", "auto", "unknown", "false", "true", "wrapper", "rouge")

  def isGutter(classNames: String): Boolean = gutters.hasOne(classNames)

  /** Whether the element is a code block. */
  def isRoot(name: String, classNames: String): Boolean =
    name == "pre" || name == "listing" || name == "xmp" || (classNames.nonEmpty && roots.hasOne(classNames))

  /** Whether a `code` element outside a `pre` is a code block, and not inline code. */
  def standsAlone(element: Element): Boolean = {
    var before = element.previousSibling
    while (before != null && blank(before)) before = before.previousSibling
    if (before != null && !isBlock(before)) return false
    var after = element.nextSibling
    while (after != null && blank(after)) after = after.nextSibling
    if (after != null && !isBlock(after)) return false
    var breaks = 0
    val looked = math.min(element.childNodeSize, 200)
    for (i <- 0 until looked) {
      element.childNode(i) match {
        case child: Element if child.normalName == "br" || (Tags.of(child.normalName) & Tags.Block) != 0 => breaks += 1
        case child: Element if isLine(child.attr("class")) => breaks += 1
        case _ =>
      }
    }
    breaks > 1 || (breaks == 1 && looked > 2)
  }

  /** The code, without empty lines at its ends and white space at the ends of its lines. */
  def text(root: Element): String = {
    val code = new java.lang.StringBuilder
    val stack = new NodeStack
    stack.push(root)
    var fresh = true
    var afterCode = false
    while (!stack.isEmpty && stack.visited < MostNodes) {
      stack.nextChild() match {
        case null =>
          val element = stack.pop()
          val name = element.normalName
          val classNames = element.attr("class")
          if (!(element eq root) && endsLine(name, classNames)) {
            if (!fresh || ((name == "tr" || name == "li" || isLine(classNames)) && lastEmpty(element))) code.append('\n')
            fresh = true
          }
          afterCode = name == "code"
        case node: TextNode =>
          val added = append(code, node.getWholeText)
          if (added > 0) {
            fresh = code.charAt(code.length - 1) == '\n'
            afterCode = false
          }
        case element: Element =>
          val name = element.normalName
          val classNames = element.attr("class")
          if (name == "br") {
            code.append('\n')
            fresh = true
          } else if ((Tags.of(name) != Tags.Skipped) && !(name != "code" && isGutter(classNames)) && !isButton(classNames)) {
            if (!fresh && (endsLine(name, classNames) || (name == "code" && afterCode && element.parent.normalName == "pre"))) {
              code.append('\n')
              fresh = true
            }
            stack.push(element)
          }
        case _ =>
      }
    }
    trimmed(code)
  }

  /** The language that the element, a child or an ancestor names; empty if none does. */
  def language(root: Element): String = {
    var found = named(root)
    var i = 0
    while (found.isEmpty && i < root.childNodeSize && i < 4) {
      root.childNode(i) match {
        case child: Element if child.normalName == "code" => found = named(child)
        case _ =>
      }
      i += 1
    }
    var above = root.parent
    var steps = 0
    while (found.isEmpty && above != null && steps < 6 && !stops(above.normalName)) {
      found = named(above)
      above = above.parent
      steps += 1
    }
    found
  }

  /** The code in a fence of as many backticks as it needs. */
  def fenced(code: String, language: String): String = {
    var longest, run, i = 0
    while (i < code.length) {
      run = if (code.charAt(i) == '`') run + 1 else 0
      longest = math.max(longest, run)
      i += 1
    }
    val fence = "`" * math.max(3, longest + 1)
    s"$fence$language\n$code\n$fence"
  }

  private def stops(name: String): Boolean =
    name == "body" || name == "article" || name == "main" || name == "section" || name == "li"

  private def named(element: Element): String = {
    for (attribute <- Seq("data-lang", "data-language", "data-code-language", "data-enlighter-language", "lang-code")) {
      val value = clean(element.attr(attribute))
      if (value.nonEmpty) return value
    }
    val classNames = Names.of(element)
    if (classNames.isEmpty) return ""
    val brush = classNames.indexOf("brush:")
    if (brush >= 0) {
      val value = clean(classNames.substring(brush + 6).trim.takeWhile(char => char != ';' && char != ' '))
      if (value.nonEmpty) return value
    }
    val names = classNames.split("[\\s]+")
    for (name <- names) {
      val value =
        if (name.startsWith("language-")) name.substring(9)
        else if (name.startsWith("lang-")) name.substring(5)
        else if (name.startsWith("highlight-source-")) name.substring(17)
        else if (name.startsWith("highlight-text-")) name.substring(15)
        else if (name.startsWith("highlight-")) name.substring(10)
        else if (name.startsWith("lang:")) name.substring(5)
        else ""
      val language = clean(value)
      if (language.nonEmpty) return language
    }
    val tag = element.normalName
    if (tag == "pre" || tag == "code" || markers.hasOne(classNames)) names.find(known).getOrElse("") else ""
  }

  private val markers = new Names("hljs", "sourcecode", "highlight", "prettyprint", "syntaxhighlighter", "codehilite", "code-block")

  private val known = ("bash sh shell zsh console c cpp csharp cs css clojure dart diff docker dockerfile elixir elm erlang fsharp " +
    "fortran go golang graphql groovy haskell html http ini java javascript js json julia kotlin latex less lisp lua makefile " +
    "matlab nginx nix objectivec ocaml perl php powershell protobuf python py r ruby rb rust scala scheme scss sql swift tex toml " +
    "ts typescript vb verilog vhdl vim xml yaml yml zig").split(' ').toSet

  private def clean(value: String): String = {
    val name = Names.cut(value).trim.toLowerCase(java.util.Locale.ROOT)
    val fine = name.nonEmpty && name.length <= 24 && !notLanguages(name) &&
      name.forall(char => Character.isLetterOrDigit(char) || "+#-_.".indexOf(char.toInt) >= 0)
    if (fine) name else ""
  }

  private def endsLine(name: String, classNames: String): Boolean =
    name == "div" || name == "p" || name == "li" || name == "tr" || name == "pre" || name == "ol" || name == "ul" ||
      name == "table" || (classNames.nonEmpty && name == "code" && isLine(classNames))

  private def isLine(classNames: String): Boolean = classNames.nonEmpty && lines.hasOne(classNames)

  /** Whether an element without text is an empty line: it must be a line itself, not a box around lines. */
  private def lastEmpty(element: Element): Boolean = element.childNodeSize < 4 && !element.hasText

  private def isButton(classNames: String): Boolean =
    classNames.nonEmpty && (classNames.contains("clipboard") || classNames.contains("copy-btn") ||
      classNames.contains("copy-button") || classNames.contains("btn-copy") || classNames.contains("toolbar"))

  private def blank(node: org.jsoup.nodes.Node): Boolean =
    node match {
      case text: TextNode => text.isBlank
      case _: Element => false
      case _ => true
    }

  private def isBlock(node: org.jsoup.nodes.Node): Boolean =
    node match {
      case element: Element => element.normalName == "br" || (Tags.of(element.normalName) & Tags.Block) != 0
      case _ => false
    }

  private def append(code: java.lang.StringBuilder, text: String): Int = {
    val before = code.length
    var i = 0
    while (i < text.length) {
      val char = text.charAt(i)
      if (char == '\n' || char == '\t') code.append(char)
      else if (char == '\r') {
        if (i + 1 == text.length || text.charAt(i + 1) != '\n') code.append('\n')
      } else {
        val kind = Line.kind(char)
        if (kind == 0) code.append(char) else if (kind == 1) code.append(' ')
      }
      i += 1
    }
    code.length - before
  }

  private def trimmed(code: java.lang.StringBuilder): String = {
    val out = new java.lang.StringBuilder(code.length)
    var start = 0
    while (start < code.length) {
      var end = code.indexOf("\n", start)
      if (end < 0) end = code.length
      var until = end
      while (until > start && (code.charAt(until - 1) == ' ' || code.charAt(until - 1) == '\t')) until -= 1
      if (out.length > 0 || until > start) out.append(code, start, until).append('\n')
      start = end + 1
    }
    var end = out.length
    while (end > 0 && out.charAt(end - 1) == '\n') end -= 1
    out.substring(0, end)
  }
}
