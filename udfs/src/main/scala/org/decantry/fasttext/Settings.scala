package org.decantry.fasttext

/** What a supervised model was trained with, as far as a prediction needs it.
  *
  * @param dimension  the length of a vector
  * @param wordNgrams the longest run of words that has a vector
  * @param buckets    how many vectors runs of words and parts of words share
  * @param shortest   the shortest part of a word that has a vector, in code points; 0 where parts have none
  * @param longest    the longest
  */
private[fasttext] final case class Settings(
    dimension: Int,
    wordNgrams: Int,
    loss: Int,
    buckets: Int,
    shortest: Int,
    longest: Int
) {

  /** Whether rows of the shared vectors can be asked for. */
  def shares: Boolean = wordNgrams > 1 || longest > 0
}

/** Source: facebookresearch/fastText src/fasttext.cc (checkModel, loadModel) and src/args.cc (load, loss_name). */
private[fasttext] object Settings {
  val HierarchicalSoftmax = 1
  val NegativeSampling = 2
  val Softmax = 3
  val OneVsAll = 4

  private val Magic = 793712314
  private val WithoutParts = 11
  private val Newest = 12
  private val Supervised = 3

  /** No model asks for longer runs: such a header is damaged, and would make a prediction take for ever. */
  private val LongestRun = 255

  def read(file: ModelFile): Settings = {
    file.require(file.left >= 8 && file.int() == Magic, "it is not a fastText model")
    val version = file.int()
    file.require(version == WithoutParts || version == Newest, s"its format is version $version: 11 and 12 are known")
    val dimension = file.int()
    (1 to 4).foreach(_ => file.int()) // window, epochs, least count, negatives: for training alone
    val wordNgrams = file.int()
    val loss = file.int()
    val kind = file.int()
    val buckets = file.int()
    val shortest = file.int()
    val longest = file.int()
    file.int() // how often the learning rate is updated
    file.double() // the sampling threshold
    file.require(kind == Supervised, "it has word vectors and no labels: train it supervised")
    file.require(dimension > 0, s"its vectors have the length $dimension")
    file.require(loss >= HierarchicalSoftmax && loss <= OneVsAll, s"its loss has the number $loss: 1 to 4 are known")
    file.require(wordNgrams <= LongestRun && longest <= LongestRun, s"it has n-grams of $wordNgrams words or $longest characters")
    // Supervised models of version 11 were trained without parts of words, whatever they say.
    val found = Settings(dimension, wordNgrams, loss, buckets, shortest, if (version == WithoutParts) 0 else longest)
    file.require(!found.shares || buckets > 0, "it has n-grams, but no vectors for them")
    found
  }
}
