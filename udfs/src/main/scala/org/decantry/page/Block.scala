package org.decantry.page

/** A piece of a page that stands on its own: a paragraph, a heading, an item of a list, a table, a piece of code.
  *
  * @param kind      one of `Block.kinds`
  * @param container the number of the element that holds it
  * @param text      its plain form
  * @param markdown  its Markdown form, without what its place adds to it: marks of headings, items and quotes
  * @param level     of a heading, 1 to 6; else 0
  * @param language  of code, as the page names it; else empty
  */
private[page] final class Block(
    val kind: Int,
    val container: Int,
    val text: String,
    val markdown: String,
    val links: Int,
    val linkChars: Int,
    val level: Int = 0,
    val language: String = ""
)

private[page] object Block {
  val Heading = 0
  val Paragraph = 1
  val List = 2
  val Table = 3
  val Code = 4
  val Formula = 5
  val Quote = 6
  val Caption = 7

  val kinds: Array[String] = Array("heading", "paragraph", "list", "table", "code", "formula", "quote", "caption")
}
