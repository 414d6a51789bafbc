package org.decantry.fasttext

/** Computes the labels' scores, which are logarithms of probabilities, from a text's vector and the output matrix.
  *
  * The library adds 1e-5 to a probability before it takes the logarithm, so a probability may be 1.00001.
  * Source: facebookresearch/fastText src/loss.cc.
  */
private[fasttext] trait Loss {

  /** Adds the labels with their scores to `found`. `scratch` has one element for each label. */
  def best(hidden: Array[Float], scratch: Array[Float], found: Best): Unit

  /** The score of one label; minus infinity if the library would not return it. */
  def score(hidden: Array[Float], scratch: Array[Float], label: Int): Float
}

private[fasttext] object Loss {
  def of(settings: Settings, output: Matrix, counts: Array[Long]): Loss =
    settings.loss match {
      case Settings.HierarchicalSoftmax => new HierarchicalSoftmax(output, counts)
      case Settings.Softmax => new Softmax(output)
      case _ => new Sigmoid(output)
    }

  def log(probability: Float): Float = math.log(probability + 1e-5).toFloat
}

/** Losses that compute a probability for every label. */
private[fasttext] trait EachLabel extends Loss {

  /** Writes the labels' probabilities to `scratch`. */
  protected def fill(hidden: Array[Float], scratch: Array[Float]): Unit

  override def best(hidden: Array[Float], scratch: Array[Float], found: Best): Unit = {
    fill(hidden, scratch)
    var label = 0
    while (label < scratch.length) {
      val score = Loss.log(scratch(label))
      if (!found.above(score)) found.add(score, label)
      label += 1
    }
  }

  override def score(hidden: Array[Float], scratch: Array[Float], label: Int): Float = {
    fill(hidden, scratch)
    Loss.log(scratch(label))
  }
}

private[fasttext] final class Softmax(output: Matrix) extends EachLabel {

  override protected def fill(hidden: Array[Float], scratch: Array[Float]): Unit = {
    var most = Float.NegativeInfinity
    var i = 0
    while (i < scratch.length) {
      scratch(i) = output.dot(i, hidden)
      most = math.max(most, scratch(i))
      i += 1
    }
    var sum = 0f
    i = 0
    while (i < scratch.length) {
      scratch(i) = math.exp((scratch(i) - most).toDouble).toFloat
      sum += scratch(i)
      i += 1
    }
    NotANumber.refuse(sum)
    i = 0
    while (i < scratch.length) {
      scratch(i) /= sum
      i += 1
    }
  }
}

/** One-vs-all and negative sampling: an independent probability for each label, from the library's lookup table. */
private[fasttext] final class Sigmoid(output: Matrix) extends EachLabel {
  private val steps = 512
  private val bound = 8
  private val table = Array.tabulate(steps + 1) { i =>
    val x = (i * 2 * bound).toFloat / steps - bound
    (1.0 / (1.0 + math.exp(-x.toDouble).toFloat)).toFloat
  }

  override protected def fill(hidden: Array[Float], scratch: Array[Float]): Unit = {
    var i = 0
    while (i < scratch.length) {
      scratch(i) = sigmoid(output.dot(i, hidden))
      i += 1
    }
  }

  private def sigmoid(x: Float): Float = {
    NotANumber.refuse(x)
    if (x < -bound) 0f else if (x > bound) 1f else table(((x + bound) * steps / bound / 2).toInt)
  }
}

private[fasttext] object NotANumber {
  def refuse(value: Float): Unit =
    if (value.isNaN) throw new IllegalArgumentException("the fastText model gives no number for a text: its weights are damaged")
}
