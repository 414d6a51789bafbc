package org.decantry.page

/** Classifies HTML elements: blocks, inline elements, and elements without readable content. */
private[page] object Tags {

  /** Not displayed, or displayed as a control: the element and its content are not text. */
  val Skipped = 1 << 30

  /** Displayed as a block (HTML, 15.3). */
  val Block = 1 << 29

  /** Ancestors of a block that describe its position; each is a bit. */
  val ancestors: Array[String] = Array("nav", "footer", "header", "aside", "article", "main", "list", "table", "blockquote",
    "form", "figure", "section", "pre", "details", "dialog", "p")

  private val skipped = "script style noscript template svg iframe head object canvas video audio select textarea button " +
    "embed applet map area datalist option optgroup input noframes noembed frame frameset progress meter title meta link " +
    "base param source track colgroup col portal img"

  private val blocks = "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol p plaintext pre search " +
    "section summary table caption tbody td tfoot th thead tr ul xmp"

  private val groups = Map("ul" -> "list", "ol" -> "list", "dl" -> "list", "menu" -> "list", "dir" -> "list", "td" -> "table",
    "th" -> "table", "listing" -> "pre", "xmp" -> "pre", "search" -> "form")

  // The parser's names of elements are interned, too, so that they are found by identity.
  private val table: java.util.HashMap[String, Integer] = {
    val table = new java.util.HashMap[String, Integer](512)
    for (name <- skipped.split(' ')) table.put(name.intern, Skipped)
    for (name <- blocks.split(' ')) {
      val at = ancestors.indexOf(groups.getOrElse(name, name))
      table.put(name.intern, Block | (if (at >= 0) 1 << at else 0))
    }
    table
  }

  /** `Skipped`, `Block` with the bit of the group of ancestors that it belongs to, or 0 for an inline element. */
  def of(name: String): Int = {
    val found = table.get(name)
    if (found == null) 0 else found.intValue
  }

  /** 1 to 6 for a heading, else 0. */
  def headingLevel(name: String): Int =
    if (name.length == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6') name.charAt(1) - '0'
    else 0
}
