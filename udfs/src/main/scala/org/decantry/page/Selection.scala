package org.decantry.page

/** Selects the blocks of the main content.
  *
  * A block is selected if its probability is at least the threshold. So is a heading above a block that is surely content, or
  * above such a heading, because a heading belongs to the text that follows it. So is a heading of level 1 with half of the
  * title's words anywhere above a selected block. Both only if the heading itself is not too unlikely.
  *
  * @param ofTitle for each block the share of the title's words that it has
  */
private[page] object Selection {

  /** The smallest probability of a block whose heading is selected with it. */
  private val Sure = 0.65f

  /** Headings of menus are less likely than this, and headings of sections are more likely. */
  private val Heading = 0.05f

  /** The smallest probability of a title that does not stand right above the content. */
  private val Title = 0.2f

  def of(blocks: java.util.List[Block], probabilities: Array[Float], ofTitle: Array[Float], threshold: Float): Array[Boolean] = {
    val selected = new Array[Boolean](probabilities.length)
    var sure, any = false // whether the next block carries its heading, and whether any later block is selected
    var i = probabilities.length - 1
    while (i >= 0) {
      val probability = probabilities(i)
      val above = blocks.get(i).kind == Block.Heading && ((sure && probability >= Heading) ||
        (any && blocks.get(i).level == 1 && ofTitle(i) >= 0.5f && probability >= Title))
      selected(i) = probability >= threshold || above
      sure = above || (selected(i) && probability >= Sure)
      any ||= selected(i)
      i -= 1
    }
    selected
  }
}
