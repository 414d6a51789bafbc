package org.decantry.spark

/** Prints the native functions as Markdown, for docs/reference.md: `make docs` runs it. */
private[decantry] object FunctionsPage {

  def main(words: Array[String]): Unit =
    new java.io.PrintStream(System.out, true, "UTF-8").print(Functions.all.sortBy(_.name).map(section).mkString("\n"))

  private def section(function: NativeFunction): String = {
    val (usage, about) = function.usage.splitAt(function.usage.indexOf(" - "))
    val details = (Arguments.of(function) + Examples.of(function.name)).linesIterator.map(_.stripPrefix("    "))
    s"### ${function.name}\n\n`$usage`: ${about.stripPrefix(" - ")}.\n\n```text\n" +
      details.filter(_.trim.nonEmpty).mkString("\n") + "\n```\n"
  }
}
