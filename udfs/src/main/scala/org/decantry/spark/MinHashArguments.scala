package org.decantry.spark

import org.apache.spark.sql.types._

/** The options of `minhash` and `minhash_signature`, after the text. A null one is refused: it would mean no setting. */
private[spark] final case class MinHashArguments(ngram: Int, bands: Int, rows: Int, seed: Long, hash: String)

private[spark] object MinHashArguments {
  val types: Seq[DataType] = Seq(StringType, IntegerType, IntegerType, IntegerType, LongType, StringType)

  def apply(arguments: Array[Any]): MinHashArguments = {
    if (arguments.contains(null)) throw new IllegalArgumentException("minhash: every option needs a value, not null")
    MinHashArguments(
      arguments(1).asInstanceOf[Int],
      arguments(2).asInstanceOf[Int],
      arguments(3).asInstanceOf[Int],
      arguments(4).asInstanceOf[Long],
      arguments(5).toString
    )
  }
}
