package org.decantry.page

class CodeSuite extends munit.FunSuite {

  private def fenced(language: String, lines: String*): String = s"```$language\n${lines.mkString("\n")}\n```"

  test("pre keeps its line breaks and spaces") {
    val page = "<pre><code class='language-python'>def f():\n    return\t1  \n\n\n</code></pre>"
    assertEquals(Pages.markdown(page), fenced("python", "def f():", "    return\t1"))
    assertEquals(Pages.text(page), "def f():\n    return\t1")
    assertEquals(Pages.kinds(page), Seq("code"))
  }

  test("a fence is longer than any in the code") {
    assertEquals(Pages.markdown("<pre>```\na\n```</pre>"), "````\n```\na\n```\n````")
  }

  test("Pygments with a column of numbers") {
    val page = "<div class='highlight-ruby'><table class=highlighttable><tr><td class=linenos><pre>1\n2</pre></td>" +
      "<td class=code><div class=highlight><pre><span class=k>puts</span> 1\n<span class=k>puts</span> 2\n</pre></div></td></table></div>"
    assertEquals(Pages.markdown(page), fenced("ruby", "puts 1", "puts 2"))
  }

  test("SyntaxHighlighter, with an element for each line") {
    val page = "<div class='syntaxhighlighter js'><table><tr><td class=gutter><div class='line number1'>1</div>" +
      "<div class='line number2'>2</div></td><td class=code><div class=container><div class='line number1'>" +
      "<code class='js keyword'>var</code> <code class=plain>a;</code></div><div class='line number2'>" +
      "<code class=plain>f();</code></div></div></td></table></div>"
    assertEquals(Pages.text(page), "var a;\nf();")
  }

  test("a table with a row for each line") {
    val page = "<div class='highlight highlight-source-shell'><table class=js-file-line-container><tr><td class=blob-num " +
      "data-line-number=1></td><td class='blob-code'>cd <span>a</span></td></tr><tr><td class=blob-num></td><td></td></tr>" +
      "<tr><td class=blob-num></td><td class=blob-code>ls</td></tr></table></div>"
    assertEquals(Pages.markdown(page), fenced("shell", "cd a", "", "ls"))
  }

  test("line breaks as br, in code without pre") {
    assertEquals(Pages.text("<p>Type</p><div><code>a = 1<br>b = 2<br>c = 3</code></div>"), "Type\n\na = 1\nb = 2\nc = 3")
    assertEquals(Pages.kinds("<p><code>a</code> or <code>b</code></p>"), Seq("paragraph"))
  }

  test("numbers and buttons within pre are left out") {
    val page = "<pre><button>Copy</button><span class=lineno>1</span>x\n<span class=lineno>2</span>y</pre>"
    assertEquals(Pages.text(page), "x\ny")
  }

  test("the language, wherever it is named") {
    val named = Seq(
      "<pre class='brush: js; gutter: false'>x</pre>" -> "js",
      "<pre data-lang=go>x</pre>" -> "go",
      "<div class='highlight-default'><pre>x</pre></div>" -> "",
      "<div class='sourceCode'><pre class='sourceCode haskell'>x</pre></div>" -> "haskell",
      "<figure class='highlight'><pre><code class='hljs c++'>x</code></pre></figure>" -> "",
      "<div class='language-rust highlighter-rouge'><div class=highlight><pre>x</pre></div></div>" -> "rust"
    )
    for ((page, language) <- named) assertEquals(Pages.markdown(page), fenced(language, "x"), page)
  }

  test("only the first 1,000 characters of class names can name a language") {
    assertEquals(Pages.markdown(s"<div class='language-rust ${"x" * 100000}'><pre>x</pre></div>"), fenced("rust", "x"))
    assertEquals(Pages.markdown(s"<div class='${"x" * 1000} language-rust'><pre>x</pre></div>"), fenced("", "x"))
    assertEquals(Pages.markdown(s"<div data-lang='${" " * 1000}rust'><pre>x</pre></div>"), fenced("", "x"))
  }
}
