package org.decantry.fasttext

/** A label with its probability. */
final case class Prediction(label: String, probability: Double)

/** Predictions of a model, for one thread. The text is UTF-8. As in the library, 1e-5 is added to each probability. */
final class Predictor private[fasttext] (model: Model) {
  private val line = new Line(model)
  private val scratch = new Array[Float](model.dictionary.labels.length)
  private val labels = model.dictionary.labels

  /** The most probable labels, at most `most` of them; none if the model has no vector for any part of the text. */
  def best(text: Array[Byte], most: Int): Array[Prediction] =
    if (!line.read(text)) Array.empty
    else {
      val found = new Best(math.min(most, labels.length))
      model.loss.best(line.hidden, scratch, found)
      found.sort()
      Array.tabulate(found.size)(place => Prediction(labels(found.label(place)), probability(found.score(place))))
    }

  /** The probability of a label, at most 1; 0 if the model has no vector for any part of the text. */
  def probability(text: Array[Byte], label: String): Double = {
    val at = labels.indexOf(label)
    if (at < 0) throw new IllegalArgumentException(s"the fastText model has no label $label: it has ${few(labels)}")
    if (line.read(text)) math.min(1.0, probability(model.loss.score(line.hidden, scratch, at))) else 0.0
  }

  private def probability(score: Float): Double = math.exp(score.toDouble).toFloat.toDouble

  private def few(labels: Array[String]): String =
    labels.take(5).mkString(", ") + (if (labels.length > 5) s" and ${labels.length - 5} more" else "")
}
