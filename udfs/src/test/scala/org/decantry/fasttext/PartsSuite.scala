package org.decantry.fasttext

import java.nio.channels.FileChannel
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.StandardOpenOption
import java.nio.{ByteBuffer, ByteOrder}

import munit.FunSuite

class PartsSuite extends FunSuite {

  test("hashes use signed bytes") {
    val wanted = Seq("a" -> 0xe40c292c, "é" -> 0x3cfa68c1, "日本" -> 0xf8378251)
    wanted.foreach { case (word, hash) =>
      val bytes = word.getBytes(UTF_8)
      assertEquals(Fnv.hash(bytes, 0, bytes.length), hash)
    }
  }

  test("the best of many scores, in order") {
    val random = new java.util.Random(1)
    (1 to 20).foreach { most =>
      val scores = Array.fill(100)(random.nextFloat())
      val best = new Best(most)
      scores.indices.foreach(at => if (!best.above(scores(at))) best.add(scores(at), at))
      best.sort()
      assertEquals((0 until best.size).map(best.score).toList, scores.sortBy(-_).take(most).toList)
      (0 until best.size).foreach(place => assertEquals(scores(best.label(place)), best.score(place)))
    }
  }

  test("of two equal scores, the later one is better") {
    val best = new Best(1)
    Seq(0, 1, 2).foreach(best.add(0.5f, _))
    best.sort()
    assertEquals(best.label(0), 2)
  }

  test("pruned buckets are found, and no others") {
    val random = new java.util.Random(2)
    val kept = Array.fill(1000)(random.nextInt(20000)).distinct
    val buckets = new SomeBuckets(kept, kept.indices.toArray)
    val rows = kept.zipWithIndex.toMap
    (0 until 20000).foreach(bucket => assertEquals(buckets.row(bucket), rows.getOrElse(bucket, -1)))
    assertEquals(new SomeBuckets(Array(), Array()).row(3), -1)
  }

  test("a mapped matrix equals the one in memory, whatever its pieces") {
    val values = Array.tabulate(21)(at => at * 0.37f - 3)
    val bytes = ByteBuffer.allocate(1 + 21 * 4).order(ByteOrder.LITTLE_ENDIAN).put(9.toByte)
    values.foreach(bytes.putFloat(_))
    val channel = FileChannel.open(TinyModel.write(bytes.array), StandardOpenOption.READ)
    val dense = new DenseMatrix(7, 3, values)
    Seq(1, 2, 7, 100).foreach { piece =>
      channel.position(0)
      val file = new ModelFile("m", channel)
      file.byte()
      val mapped = MappedMatrix.read(file, 7, 3, piece)
      assertEquals(file.left, 0L)
      (0 until 7).foreach { row =>
        val one, other = Array(1f, 2f, 3f)
        dense.add(row, one)
        mapped.add(row, other)
        assertEquals(one.toList, other.toList)
        assertEquals(dense.dot(row, one), mapped.dot(row, one))
      }
    }
    channel.close()
  }
}
