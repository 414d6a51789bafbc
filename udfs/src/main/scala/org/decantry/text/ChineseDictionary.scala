package org.decantry.text

/** Words with their weights, as a trie. Its nodes stand level by level from the root, which is node 0; the children of a
  * node stand beside each other, in the order of their letters.
  *
  * @param children the number of children of each node
  * @param weights  for each node, the index of its word's weight in `numbers`; 0 if no word ends there
  */
private[text] final class ChineseDictionary(
    letters: Array[Char],
    children: Array[Char],
    weights: Array[Char],
    numbers: Array[Double]
) {
  private val firstChild: Array[Int] = {
    val first = new Array[Int](letters.length + 1)
    first(0) = 1
    var node = 0
    while (node < letters.length) {
      first(node + 1) = first(node) + children(node)
      node += 1
    }
    first
  }

  /** The nodes of the first level by their letters; 0 for letters with which no word begins. */
  private val roots: Array[Int] = {
    val nodes = new Array[Int](0x10000)
    var node = 1
    while (node < firstChild(1)) {
      nodes(letters(node)) = node
      node += 1
    }
    nodes
  }

  /** The node of the words that begin with this letter; 0 if there are none. */
  def root(letter: Char): Int = roots(letter)

  /** The node of the words that go on with this letter; 0 if there are none. */
  def child(node: Int, letter: Char): Int = {
    var low = firstChild(node)
    var high = firstChild(node + 1) - 1
    while (low <= high) {
      val middle = (low + high) >>> 1
      val found = letters(middle)
      if (found == letter) return middle
      if (found < letter) low = middle + 1 else high = middle - 1
    }
    0
  }

  /** Whether a word ends at this node. */
  def isWord(node: Int): Boolean = weights(node) != 0

  /** The weight of the word that ends at this node: the logarithm of its share of all words. */
  def weight(node: Int): Double = numbers(weights(node))

  /** The weight of a letter that is in no word. */
  val unknown: Double = numbers(1)

  /** Whether the range, which is not empty, is a word. */
  def contains(chars: Array[Char], from: Int, until: Int): Boolean = {
    var node = root(chars(from))
    var at = from + 1
    while (node != 0 && at < until) {
      node = child(node, chars(at))
      at += 1
    }
    isWord(node)
  }
}
