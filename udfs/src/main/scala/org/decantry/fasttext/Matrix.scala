package org.decantry.fasttext

/** Rows of floats. Sums run over the columns in order and in single precision, as in the library. */
private[fasttext] trait Matrix {
  def rows: Int
  def columns: Int

  /** Adds a row to a vector. */
  def add(row: Int, to: Array[Float]): Unit

  /** The product of a row with a vector. */
  def dot(row: Int, vector: Array[Float]): Float
}

private[fasttext] object Matrix {

  /** A matrix of more bytes stays in its file, which is mapped. Heaps are small, and processes share mapped pages. */
  val MostInHeap: Long = 64L << 20

  def read(file: ModelFile, quantised: Boolean, columns: Int): Matrix = {
    val found = if (quantised) QuantisedMatrix.read(file) else dense(file)
    file.require(found.columns == columns, s"it has a matrix of ${found.columns} columns, and its vectors have the length $columns")
    found
  }

  private def dense(file: ModelFile): Matrix = {
    val (rows, columns) = size(file)
    file.expect(rows.toLong * columns, 4)
    if (rows.toLong * columns * 4 <= MostInHeap) new DenseMatrix(rows, columns, file.floats(rows.toLong * columns))
    else MappedMatrix.read(file, rows, columns)
  }

  /** The numbers of rows and columns, read from the file. */
  def size(file: ModelFile): (Int, Int) = {
    val rows, columns = file.long()
    file.require(rows >= 0 && rows <= Int.MaxValue && columns > 0 && columns <= (1 << 24), s"it has a matrix of $rows by $columns")
    (rows.toInt, columns.toInt)
  }
}

/** A matrix in memory. */
private[fasttext] final class DenseMatrix(val rows: Int, val columns: Int, values: Array[Float]) extends Matrix {

  def add(row: Int, to: Array[Float]): Unit = {
    val from = row * columns
    var i = 0
    while (i < columns) {
      to(i) += values(from + i)
      i += 1
    }
  }

  def dot(row: Int, vector: Array[Float]): Float = {
    val from = row * columns
    var sum = 0f
    var i = 0
    while (i < columns) {
      sum += values(from + i) * vector(i)
      i += 1
    }
    sum
  }
}
