package org.decantry.fasttext

/** A matrix whose rows are stored as codes: the pieces of a row are centroids, and its norm may be one too. */
private[fasttext] final class QuantisedMatrix(
    val rows: Int,
    pieces: Quantiser,
    codes: Array[Byte],
    norms: Array[Float],
    normCodes: Array[Byte]
) extends Matrix {
  def columns: Int = pieces.columns

  def add(row: Int, to: Array[Float]): Unit = pieces.add(codes, row * pieces.count, norm(row), to)

  def dot(row: Int, vector: Array[Float]): Float = pieces.dot(codes, row * pieces.count, vector) * norm(row)

  private def norm(row: Int): Float = if (norms == null) 1f else norms(normCodes(row) & 0xff)
}

/** Source: facebookresearch/fastText src/quantmatrix.cc (load, dotRow, addRowToVector). */
private[fasttext] object QuantisedMatrix {

  def read(file: ModelFile): QuantisedMatrix = {
    val normed = file.flag()
    val (rows, columns) = Matrix.size(file)
    val length = file.int()
    val codes = file.bytes(length)
    val pieces = Quantiser.read(file)
    file.require(pieces.columns == columns, s"it has codes for ${pieces.columns} columns in a matrix of $columns")
    file.require(rows.toLong * pieces.count == length, s"it has $length codes for $rows rows of ${pieces.count}")
    if (!normed) new QuantisedMatrix(rows, pieces, codes, null, null)
    else {
      val normCodes = file.bytes(rows)
      val norms = Quantiser.read(file)
      file.require(norms.columns == 1, s"its rows' lengths are vectors of ${norms.columns}")
      new QuantisedMatrix(rows, pieces, codes, norms.centroids, normCodes)
    }
  }
}
