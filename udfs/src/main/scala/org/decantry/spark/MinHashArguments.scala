package org.decantry.spark

import org.apache.spark.sql.types._

/** The arguments of `minhash` and `minhash_signature` after the text. All of them but the language are constants. */
private[spark] final case class MinHashArguments(
    ngram: Int, bands: Int, rows: Int, seed: Long, hash: String, unit: String, language: String
)

private[spark] object MinHashArguments {
  val types: Seq[DataType] = Seq(StringType, IntegerType, IntegerType, IntegerType, LongType, StringType, StringType, StringType)

  /** Of `hash`, `shingles` and `language`. */
  val defaults: Seq[Any] = Seq("sha1", "word", "en")

  val settings: Seq[Setting] = Seq(
    Setting.positive(1, "ngram"),
    Setting.positive(2, "bands"),
    Setting.positive(3, "rows"),
    Setting.any(4, "seed"),
    Setting.oneOf(5, "hash", Set("sha1", "xxh64")),
    Setting.oneOf(6, "shingles", Set("word", "character"))
  )

  def apply(arguments: Array[Any]): MinHashArguments =
    MinHashArguments(
      arguments(1).asInstanceOf[Int],
      arguments(2).asInstanceOf[Int],
      arguments(3).asInstanceOf[Int],
      arguments(4).asInstanceOf[Long],
      arguments(5).toString,
      arguments(6).toString,
      if (arguments(7) == null) null else arguments(7).toString
    )
}
