package org.decantry.page

/** A block of a page: a paragraph, a heading, a list item, a table or code.
  *
  * @param kind      one of `Block.kinds`
  * @param container the number of the element that contains it
  * @param text      its plain text
  * @param markdown  its Markdown, without the markers of headings, list items and quotes
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
