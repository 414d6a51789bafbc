package org.decantry.page

/** Sums over the elements of a page, and the elements that look like its main content.
  *
  * The best element has the highest score. A block of at least 25 characters adds 1, plus 1 for each comma and up to 3 for its
  * length, to the parent of its element, and half of that to the grandparent. The sum is multiplied by 1 - link density.
  * (After Readability.)
  */
private[page] final class Tree(walk: Walk, measures: Array[TextMeasures]) {
  private val c = walk.containers
  private val size = c.size

  val chars = new Array[Float](size)
  val linkChars = new Array[Float](size)
  val blocks = new Array[Float](size)
  val prose = new Array[Float](size)
  val sentences = new Array[Float](size)
  private val score = new Array[Float](size)

  for (i <- measures.indices) add(i)
  private def add(i: Int): Unit = {
    val block = walk.blocks.get(i)
    val m = measures(i)
    val at = block.container
    chars(at) += m.chars
    linkChars(at) += block.linkChars
    blocks(at) += 1
    sentences(at) += m.ends
    if (m.chars >= Tree.Prose) {
      val own = if (block.kind == Block.Heading) 0f else math.max(0, m.chars - block.linkChars).toFloat
      prose(at) += own
      val points = 1f + m.commas + math.min(m.chars / 100, 3)
      val parent = c.parent(at)
      if (parent >= 0 && block.linkChars * 2 < m.chars) {
        score(parent) += points
        if (c.parent(parent) >= 0) score(c.parent(parent)) += points / 2
      }
    }
  }

  {
    var i = size - 1
    while (i > 0) {
      val parent = c.parent(i)
      chars(parent) += chars(i)
      linkChars(parent) += linkChars(i)
      blocks(parent) += blocks(i)
      prose(parent) += prose(i)
      sentences(parent) += sentences(i)
      i -= 1
    }
  }

  val best: Int = (0 until size).maxBy(i => score(i) * (1 - linkDensity(i)))
  val half: Int = smallest(0.5f)
  val most: Int = smallest(0.85f)

  /** The steps from each element up to a common ancestor, and from there down to the other element. */
  val toBest = new Steps(c, best)
  val toHalf = new Steps(c, half)
  val toMost = new Steps(c, most)

  def linkDensity(at: Int): Float = if (chars(at) > 0) linkChars(at) / chars(at) else 0f

  /** The smallest element with this share of all prose. Elements with at least half of it are nested, so it is the deepest. */
  private def smallest(share: Float): Int = {
    var found = 0
    var i = 1
    while (i < size) {
      if (prose(i) > 0 && prose(i) >= share * prose(0) && c.depth(i) > c.depth(found)) found = i
      i += 1
    }
    found
  }
}

private[page] object Tree {

  /** The fewest characters of a block of prose. */
  val Prose = 25
}

private[page] final class Steps(c: Containers, target: Int) {
  val up = new Array[Int](c.size)
  val down = new Array[Int](c.size)

  {
    var ancestor = target
    while (ancestor >= 0) {
      down(ancestor) = c.depth(target) - c.depth(ancestor)
      up(ancestor) = -1
      ancestor = c.parent(ancestor)
    }
    var i = 0
    while (i < c.size) {
      if (up(i) == -1) up(i) = 0
      else {
        up(i) = up(c.parent(i)) + 1
        down(i) = down(c.parent(i))
      }
      i += 1
    }
  }

  def inside(at: Int): Boolean = down(at) == 0
}
