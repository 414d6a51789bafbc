package org.decantry.fasttext

import java.nio.FloatBuffer

/** A matrix that stays in its file, which is mapped into memory in pieces. */
private[fasttext] final class MappedMatrix(val rows: Int, val columns: Int, pieces: Array[FloatBuffer], piece: Int)
    extends Matrix {

  /** A buffer for one row. Copying a row before adding it is faster than adding it from the file. */
  private val copy: ThreadLocal[Array[Float]] = ThreadLocal.withInitial(() => new Array[Float](columns))

  def add(row: Int, to: Array[Float]): Unit = {
    val values = copy.get
    pieces(row / piece).get(row % piece * columns, values)
    var i = 0
    while (i < columns) {
      to(i) += values(i)
      i += 1
    }
  }

  def dot(row: Int, vector: Array[Float]): Float = {
    val values = pieces(row / piece)
    val from = row % piece * columns
    var sum = 0f
    var i = 0
    while (i < columns) {
      sum += values.get(from + i) * vector(i)
      i += 1
    }
    sum
  }
}

private[fasttext] object MappedMatrix {

  /** Java maps at most 2 GB at once: 2^29 floats. */
  private val LargestPiece = (1 << 29) - 1

  def read(file: ModelFile, rows: Int, columns: Int): MappedMatrix = read(file, rows, columns, LargestPiece / columns)

  /** @param piece the number of rows in a piece */
  def read(file: ModelFile, rows: Int, columns: Int, piece: Int): MappedMatrix = {
    val pieces = (0L until rows by piece.toLong).map(from => file.mapped(math.min(piece, rows - from) * columns))
    new MappedMatrix(rows, columns, pieces.toArray, piece)
  }
}
