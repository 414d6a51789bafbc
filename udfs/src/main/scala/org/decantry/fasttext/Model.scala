package org.decantry.fasttext

import java.nio.channels.FileChannel
import java.nio.file.{Path, StandardOpenOption}

/** A supervised model. It is immutable, so threads share it. */
private[fasttext] final class Model(
    val settings: Settings,
    val dictionary: Dictionary,
    val input: Matrix,
    val loss: Loss
)

/** Source: facebookresearch/fastText src/fasttext.cc (loadModel). */
private[fasttext] object Model {

  /** The model in a `.bin` or `.ftz` file. Throws IllegalArgumentException if it is damaged or not a supervised model. */
  def read(path: Path): Model = {
    val channel = FileChannel.open(path, StandardOpenOption.READ)
    try read(new ModelFile(path.toString, channel))
    finally channel.close()
  }

  private def read(file: ModelFile): Model = {
    val settings = Settings.read(file)
    val dictionary = Dictionary.read(file, settings)
    val quantised = file.flag()
    file.require(quantised || dictionary.buckets.isInstanceOf[AllBuckets], "its words were pruned, but its numbers are not quantised")
    val input = Matrix.read(file, quantised, settings.dimension)
    val rows = dictionary.words.toLong + (if (settings.shares) dictionary.buckets.rows else 0)
    file.require(input.rows >= rows, s"it has ${input.rows} rows for $rows words and n-grams")
    val output = Matrix.read(file, file.flag() && quantised, settings.dimension)
    val labels = dictionary.labels.length
    file.require(output.rows >= labels, s"it has ${output.rows} rows for $labels labels")
    new Model(settings, dictionary, input, Loss.of(settings, output, dictionary.counts))
  }
}
