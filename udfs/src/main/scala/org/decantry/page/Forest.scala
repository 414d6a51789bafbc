package org.decantry.page

import java.io.InputStream
import java.nio.{ByteBuffer, ByteOrder}
import java.nio.charset.StandardCharsets.US_ASCII

/** Decision trees in flat arrays. The sum of one leaf of each tree gives a probability.
  *
  * The file is little-endian: the letters `DXF1`; int32 number of features; int32 number of trees; float32 initial score;
  * float32 smallest probability of content. Then for each tree: int32 number n of inner nodes; n int16 features; n float32
  * thresholds; n int16 children for values up to the threshold; n int16 other children; n + 1 float32 leaves. A negative
  * child is the leaf -1 - child. A tree without inner nodes has one leaf.
  */
private[page] final class Forest(
    val features: Int,
    val threshold: Float,
    initial: Float,
    roots: Array[Int],
    feature: Array[Short],
    cut: Array[Float],
    low: Array[Int],
    high: Array[Int],
    leaves: Array[Float]
) {

  /** The probability of a row of features. */
  def probability(row: Array[Float]): Float = {
    var sum = initial.toDouble
    var tree = 0
    while (tree < roots.length) {
      var node = roots(tree)
      while (node >= 0) node = if (row(feature(node)) <= cut(node)) low(node) else high(node)
      sum += leaves(-1 - node)
      tree += 1
    }
    (1 / (1 + math.exp(-sum))).toFloat
  }
}

private[page] object Forest {
  private val Magic = "DXF1"

  /** The forest in the jar. */
  lazy val shipped: Forest = {
    val stream = getClass.getResourceAsStream("/org/decantry/page/extractor.bin")
    require(stream != null, "extract_page: the jar lacks org/decantry/page/extractor.bin")
    try read(stream, Features.count)
    finally stream.close()
  }

  /** The forest in a file. Throws IllegalArgumentException if it is damaged or was trained with other features. */
  def read(stream: InputStream, features: Int): Forest = {
    val in = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN)
    require(in.remaining >= 20, "extractor.bin: it is too short")
    val magic = new Array[Byte](4)
    in.get(magic)
    require(new String(magic, US_ASCII) == Magic, s"extractor.bin: it does not begin with $Magic")
    val trained = in.getInt()
    require(trained == features, s"extractor.bin: it was trained on $trained features, there are $features: train it again")
    val trees = in.getInt()
    require(trees >= 0 && trees <= in.remaining / 4, s"extractor.bin: it cannot have $trees trees")
    val initial, threshold = in.getFloat()
    val roots = new Array[Int](trees)
    val feature = Array.newBuilder[Short]
    val cut, leaves = Array.newBuilder[Float]
    val low, high = Array.newBuilder[Int]
    var inner, ends = 0
    for (tree <- 0 until trees) {
      val n = in.getInt()
      require(n >= 0 && n <= Short.MaxValue && 14L * n + 4 <= in.remaining, s"extractor.bin: tree $tree cannot have $n nodes")
      roots(tree) = if (n > 0) inner else -1 - ends
      for (_ <- 0 until n) {
        val at = in.getShort()
        require(at >= 0 && at < features, s"extractor.bin: tree $tree asks for feature $at")
        feature += at
      }
      for (_ <- 0 until n) cut += in.getFloat()
      for (child <- Seq(low, high); node <- 0 until n) child += {
        val to = in.getShort().toInt
        require(to < n && (to > node || (to < 0 && -1 - to <= n)), s"extractor.bin: tree $tree has no child $to of node $node")
        if (to >= 0) inner + to else to - ends
      }
      for (_ <- 0 to n) leaves += in.getFloat()
      inner += n
      ends += n + 1
    }
    require(in.remaining == 0, s"extractor.bin: ${in.remaining} bytes are left over")
    new Forest(features, threshold, initial, roots, feature.result(), cut.result(), low.result(), high.result(), leaves.result())
  }
}
