package org.decantry.page

/** Selects the blocks of the main content.
  *
  * A block is selected if its probability is at least the threshold. So is a heading above a selected block, or above such a
  * heading, because a heading belongs to the text that follows it, and a heading of level 1 with half of the title's words
  * anywhere above a selected block. Not so a heading with a probability below `Unlikely`.
  *
  * @param ofTitle for each block the share of the title's words that it has
  */
private[page] object Selection {

  /** Headings of menus and of lists of other pages are less likely to be content; those of sections are more likely. */
  val Unlikely = 0.05f

  def of(blocks: java.util.List[Block], probabilities: Array[Float], ofTitle: Array[Float], threshold: Float): Array[Boolean] = {
    val selected = new Array[Boolean](probabilities.length)
    var next, any = false // whether the next block is selected, and whether any later block is
    var i = probabilities.length - 1
    while (i >= 0) {
      val above = blocks.get(i).kind == Block.Heading && probabilities(i) >= Unlikely &&
        (next || (any && blocks.get(i).level == 1 && ofTitle(i) >= 0.5f))
      next = probabilities(i) >= threshold || above
      any ||= next
      selected(i) = next
      i -= 1
    }
    selected
  }
}
