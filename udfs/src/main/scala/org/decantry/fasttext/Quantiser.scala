package org.decantry.fasttext

/** A product quantiser. A vector has `count` pieces of `width` columns (the last may have fewer). Each piece is one of 256
  * centroids.
  */
private[fasttext] final class Quantiser(val columns: Int, val count: Int, width: Int, last: Int, val centroids: Array[Float]) {

  /** Adds the vector that the codes from `at` on encode, times a factor, to a vector. */
  def add(codes: Array[Byte], at: Int, times: Float, to: Array[Float]): Unit = {
    var piece = 0
    while (piece < count) {
      val wide = if (piece == count - 1) last else width
      val from = piece * Quantiser.Centroids * width + (codes(at + piece) & 0xff) * wide
      val column = piece * width
      var i = 0
      while (i < wide) {
        to(column + i) += times * centroids(from + i)
        i += 1
      }
      piece += 1
    }
  }

  /** The dot product of a vector with the vector that the codes from `at` on encode. */
  def dot(codes: Array[Byte], at: Int, vector: Array[Float]): Float = {
    var sum = 0f
    var piece = 0
    while (piece < count) {
      val wide = if (piece == count - 1) last else width
      val from = piece * Quantiser.Centroids * width + (codes(at + piece) & 0xff) * wide
      val column = piece * width
      var i = 0
      while (i < wide) {
        sum += vector(column + i) * centroids(from + i)
        i += 1
      }
      piece += 1
    }
    sum
  }
}

/** Source: facebookresearch/fastText src/productquantizer.cc (load, get_centroids, addcode, mulcode). */
private[fasttext] object Quantiser {
  private final val Centroids = 256

  def read(file: ModelFile): Quantiser = {
    val columns, count, width, last = file.int()
    file.require(
      columns > 0 && width > 0 && width <= columns && count == (columns - 1) / width + 1 && last == columns - (count - 1) * width,
      s"it cuts vectors of $columns into $count pieces of $width and $last"
    )
    new Quantiser(columns, count, width, last, file.floats(columns.toLong * Centroids))
  }
}
