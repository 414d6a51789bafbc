package org.decantry.page

class FormulasSuite extends munit.FunSuite {

  private val tex = "<annotation encoding='application/x-tex'>E=mc^2</annotation>"

  private def math(attributes: String) =
    s"<math $attributes><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>$tex</semantics></math>"

  test("KaTeX, inline and display") {
    val katex = s"<span class=katex><span class=katex-mathml>${math("")}</span><span class=katex-html aria-hidden=true>E=mc2</span></span>"
    assertEquals(Pages.markdown(s"<p>So $katex holds.</p>"), "So $E=mc^2$ holds.")
    assertEquals(Pages.text(s"<p>So $katex holds.</p>"), "So E=mc^2 holds.")
    assertEquals(Pages.markdown(s"<p>So <span class=katex-display>$katex</span> holds.</p>"), "So\n\n$$E=mc^2$$\n\nholds.")
  }

  test("MathJax 2, with LaTeX in the script") {
    val page = "<p>So <span class=MathJax_Preview>E=mc2</span><span class=MathJax id=MathJax-Element-1-Frame><span>E=mc2</span></span>" +
      "<script type='math/tex' id=MathJax-Element-1>E=mc^2</script> holds.</p>"
    assertEquals(Pages.markdown(page), "So $E=mc^2$ holds.")
    val alone = "<div class=MathJax_Display><span class=MathJax>x</span></div><script type='math/tex; mode=display'>\\frac{a}{b}</script>"
    assertEquals(Pages.markdown(alone), "$$\\frac{a}{b}$$")
  }

  test("MathJax 2 that has not run") {
    assertEquals(Pages.markdown("<p>So <script type='math/tex'>a < b</script> holds.</p>"), "So $a < b$ holds.")
  }

  test("MathJax 3, from the MathML that it adds for readers") {
    val page = "<p>So <mjx-container class=MathJax jax=CHTML><mjx-math aria-hidden=true><mjx-mi><mjx-c></mjx-c></mjx-mi></mjx-math>" +
      "<mjx-assistive-mml><math><mfrac><mn>1</mn><mi>x</mi></mfrac></math></mjx-assistive-mml></mjx-container> holds.</p>"
    assertEquals(Pages.markdown(page), "So $\\frac{1}{x}$ holds.")
    assertEquals(Pages.markdown(page.replace("jax=CHTML", "display=true")), "So\n\n$$\\frac{1}{x}$$\n\nholds.")
  }

  test("MediaWiki: a formula that is hidden beside its image is extracted once") {
    val both = "<span class=mwe-math-element><span style='display: none'><math alttext='{\\displaystyle a^{2}}'><mi>a</mi></math></span>" +
      "<img class=mwe-math-fallback-image-inline alt='{\\displaystyle a^{2}}'></span>"
    assertEquals(Pages.markdown(s"<p>Take $both here.</p>"), "Take $a^{2}$ here.")
    val image = "<p>Take <img class=mwe-math-fallback-image-inline alt='{\\displaystyle a^{2}}'> here.</p>"
    assertEquals(Pages.markdown(image), "Take $a^{2}$ here.")
    assertEquals(Pages.markdown("<p>Take <img class=latex alt='x_1'> and <img alt=y>.</p>"), "Take $x_1$ and .")
  }

  test("source that a script would typeset") {
    assertEquals(Pages.markdown("<p>So \\(a^2\\), for $5, and \\(b\\).</p>"), "So $a^2$, for $5, and $b$.")
    assertEquals(Pages.markdown("<div>\\[ a^2 \\]</div>"), "$$a^2$$")
    assertEquals(Pages.markdown("<div><span class=eqno>(1)</span>$$a^2$$</div>"), "$$a^2$$")
    assertEquals(Pages.markdown("<p>\\(a</p>"), "\\(a")
  }

  test("a formula that fills a block is a display formula") {
    assertEquals(Pages.markdown("<dl><dd><math><mi>a</mi></math></dl><p><math><mi>b</mi></math>.</p>"), "$$a$$\n\n$b$.")
  }

  test("MathML without LaTeX") {
    val made = Seq(
      "<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>" -> "\\frac{a+1}{b}",
      "<msqrt><mi>x</mi><mo>\u2212</mo><mi>y</mi></msqrt>" -> "\\sqrt{x-y}",
      "<mroot><mi>x</mi><mn>3</mn></mroot>" -> "\\sqrt[3]{x}",
      "<msubsup><mo>\u2211</mo><mrow><mi>i</mi><mo>=</mo><mn>0</mn></mrow><mi>n</mi></msubsup>" -> "\\sum_{i=0}^n",
      "<mi>sin</mi><mi>\u03b1</mi>" -> "\\sin\\alpha",
      "<mfenced><mi>a</mi><mi>b</mi></mfenced>" -> "(a, b)",
      "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>" -> "\\begin{matrix}1 & 2\\end{matrix}",
      "<mover><mi>x</mi><mo>\u00af</mo></mover>" -> "\\bar{x}",
      "<mi>b</mi><mo>\u00b1</mo><mi>c</mi><mo>\u2260</mo><mn>0</mn>" -> "b \\pm c \\ne 0"
    )
    for ((mathml, latex) <- made) assertEquals(Pages.markdown(s"<p>: <math>$mathml</math></p>"), s": $$$latex$$", mathml)
  }

  test("only the first 1,000 characters of class names count") {
    val math = "<math alttext=a><mi>a</mi></math>"
    def around(classNames: String) = s"<p>: <span class='$classNames'>$math</span> .</p>"
    assertEquals(Pages.markdown(around(s"${"x" * 900} MathJax_Display ${"y" * 100000}")), ":\n\n$$a$$\n\n.")
    assertEquals(Pages.markdown(around(s"${"x" * 1000} MathJax_Display")), ": $a$ .")
  }

  test("the limits of a sum are found within 200 characters") {
    def sum(below: String) = s"<p>: <math><munder><mo>\u2211</mo><mtext>$below</mtext></munder><mi>x</mi></math></p>"
    assertEquals(Pages.markdown(sum("1" * 190)), s": $$\\sum_{${"1" * 190}} x$$")
    assertEquals(Pages.markdown(sum("1" * 200)), s": $$\\sum_{${"1" * 200}}x$$")
  }

  test("formulas are left out after a million characters") {
    val image = s"<p><img class=tex alt='${"x" * 100000}'></p>"
    assertEquals(Pages.kinds(image * 12 + "<p>words</p>"), Seq.fill(10)("formula") :+ "paragraph")
    val row = s"<tr><th>b<td><img class=tex alt='${"x" * 100000}'>"
    assertEquals(Pages.text(s"<table><tr><th>a<th>b${row * 12}</table>").count(_ == 'x'), 1000000)
  }
}
