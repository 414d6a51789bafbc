package org.decantry.fasttext

/** The training settings of a supervised model that predictions need.
  *
  * @param dimension  the length of a vector
  * @param wordNgrams the largest n of word n-grams
  * @param buckets    the number of vectors that word n-grams and subwords share
  * @param shortest   the shortest subword, in code points; 0 if the model has no subwords
  * @param longest    the longest subword, in code points
  */
private[fasttext] final case class Settings(
    dimension: Int,
    wordNgrams: Int,
    loss: Int,
    buckets: Int,
    shortest: Int,
    longest: Int
) {

  /** Whether word n-grams or subwords use the shared vectors. */
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

  /** No real model has longer n-grams. A header that says so is damaged, and a prediction would not end. */
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
    // Supervised models of version 11 have no subwords, whatever their settings say.
    val found = Settings(dimension, wordNgrams, loss, buckets, shortest, if (version == WithoutParts) 0 else longest)
    file.require(!found.shares || buckets > 0, "it has n-grams, but no vectors for them")
    found
  }
}
