package org.decantry.fasttext

/** Labels are leaves of a Huffman tree over their counts. Each inner node has a row of the output matrix, which gives the
  * probability of its right child.
  *
  * Source: facebookresearch/fastText src/loss.cc (HierarchicalSoftmaxLoss).
  */
private[fasttext] final class HierarchicalSoftmax(output: Matrix, counts: Array[Long]) extends Loss {
  private val leaves = counts.length
  private val nodes = 2 * leaves - 1
  private val left, right, parent = Array.fill(nodes)(-1)
  private val least = Loss.log(0f)

  build()

  override def best(hidden: Array[Float], scratch: Array[Float], found: Best): Unit = {
    val path = new TreePath
    path.push(nodes - 1, 0f)
    while (path.nonEmpty) {
      path.pop()
      val node = path.node
      val score = path.score
      if (score >= least && !found.above(score)) {
        if (node < leaves) found.add(score, node)
        else {
          val goesRight = probability(node, hidden)
          path.push(right(node), score + Loss.log(goesRight))
          path.push(left(node), score + Loss.log((1.0 - goesRight).toFloat))
        }
      }
    }
  }

  override def score(hidden: Array[Float], scratch: Array[Float], label: Int): Float = {
    var path = List(label)
    while (path.head != nodes - 1) path = parent(path.head) :: path
    path.zip(path.drop(1)).foldLeft(0f) { case (score, (node, child)) =>
      val goesRight = probability(node, hidden)
      val next = score + Loss.log(if (child == right(node)) goesRight else (1.0 - goesRight).toFloat)
      if (next < least) Float.NegativeInfinity else next
    }
  }

  private def probability(node: Int, hidden: Array[Float]): Float = {
    val x = output.dot(node - leaves, hidden)
    NotANumber.refuse(x)
    (1.0 / (1 + math.exp(-x.toDouble).toFloat)).toFloat
  }

  /** Builds the tree. The leaves are sorted, the most frequent first. So the node with the lowest count is always the last
    * leaf or the first inner node without a parent.
    */
  private def build(): Unit = {
    val weights = counts ++ Array.fill(leaves - 1)(1000000000000000L)
    var leaf = leaves - 1
    var inner = leaves
    def next(): Int =
      if (leaf >= 0 && weights(leaf) < weights(inner)) { leaf -= 1; leaf + 1 }
      else { inner += 1; inner - 1 }
    (leaves until nodes).foreach { node =>
      left(node) = next()
      right(node) = next()
      weights(node) = weights(left(node)) + weights(right(node))
      parent(left(node)) = node
      parent(right(node)) = node
    }
  }
}

/** A stack of the nodes to visit, with their scores. */
private final class TreePath {
  private var nodes = new Array[Int](64)
  private var scores = new Array[Float](64)
  private var count = 0
  var node = 0
  var score = 0f

  def nonEmpty: Boolean = count > 0

  def push(node: Int, score: Float): Unit = {
    if (count == nodes.length) {
      nodes = java.util.Arrays.copyOf(nodes, 2 * count)
      scores = java.util.Arrays.copyOf(scores, 2 * count)
    }
    nodes(count) = node
    scores(count) = score
    count += 1
  }

  def pop(): Unit = {
    count -= 1
    node = nodes(count)
    score = scores(count)
  }
}
