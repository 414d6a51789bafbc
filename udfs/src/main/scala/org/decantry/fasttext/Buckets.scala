package org.decantry.fasttext

/** Maps a bucket of n-grams to its row, counted from the first row after those of the words. */
private[fasttext] sealed trait Buckets {

  /** The bucket's row; -1 if it has none. */
  def row(bucket: Int): Int

  /** The number of rows that the matrix must have. */
  def rows: Int
}

/** Each bucket has the row with its own number. */
private[fasttext] final class AllBuckets(val rows: Int) extends Buckets {
  def row(bucket: Int): Int = bucket
}

/** The buckets that remain after pruning, in a hash table with open addressing. Most buckets were pruned: a bit set that
  * fits into a processor's cache excludes them quickly.
  */
private[fasttext] final class SomeBuckets(kept: Array[Int], to: Array[Int]) extends Buckets {
  private val size = Integer.highestOneBit(math.max(kept.length, 16)) * 4
  private val keys = Array.fill(size)(-1)
  private val values = new Array[Int](size)
  private val seen = new Array[Long](size / 4)
  private val bits = seen.length * 64 - 1

  kept.indices.foreach { i =>
    val at = slot(kept(i))
    keys(at) = kept(i)
    values(at) = to(i)
    seen((kept(i) & bits) >> 6) |= 1L << kept(i)
  }

  val rows: Int = if (to.isEmpty) 0 else to.max + 1

  def row(bucket: Int): Int =
    if ((seen((bucket & bits) >> 6) & (1L << bucket)) == 0) -1
    else {
      val at = slot(bucket)
      if (keys(at) < 0) -1 else values(at)
    }

  private def slot(bucket: Int): Int = {
    var at = (bucket * 0x9e3779b1 >>> 8) & (size - 1)
    while (keys(at) >= 0 && keys(at) != bucket) at = (at + 1) & (size - 1)
    at
  }
}

/** Source: facebookresearch/fastText src/dictionary.cc (load, pushHash). */
private[fasttext] object Buckets {

  /** @param buckets the number of buckets
    * @param pruned  the number that remain: each is in the file with its row; negative if none were pruned
    */
  def read(file: ModelFile, buckets: Int, pruned: Long): Buckets =
    if (pruned < 0) new AllBuckets(math.max(0, buckets))
    else {
      file.expect(pruned, 8)
      file.require(pruned <= (1 << 28), s"it has $pruned buckets: that is too many")
      val kept, to = new Array[Int](pruned.toInt)
      kept.indices.foreach { i =>
        kept(i) = file.int()
        to(i) = file.int()
        file.require(kept(i) >= 0 && to(i) >= 0 && to(i) < Int.MaxValue, s"its bucket ${kept(i)} has the row ${to(i)}")
      }
      new SomeBuckets(kept, to)
    }
}
