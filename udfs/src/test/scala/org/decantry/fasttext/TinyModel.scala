package org.decantry.fasttext

import java.nio.{ByteBuffer, ByteOrder}
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}

/** A model of two words, two columns and some labels. `good` favours the first label, and `bad` the second. */
final case class TinyModel(
    loss: Int = Settings.Softmax,
    labels: Seq[String] = Seq("__label__a", "__label__b"),
    seen: Seq[Long] = Seq(5, 5),
    version: Int = 12,
    kind: Int = 3,
    buckets: Int = 0,
    wordNgrams: Int = 1,
    pruned: Long = -1,
    rows: Long = 2,
    weight: Float = 2f
) {

  def bytes: Array[Byte] = {
    val out = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN)
    Seq(793712314, version, 2, 5, 1, 1, 5, wordNgrams, loss, kind, buckets, 0, 0, 100).foreach(out.putInt(_))
    out.putDouble(1e-4)
    Seq(2 + labels.length, 2, labels.length).foreach(out.putInt(_))
    out.putLong(10).putLong(pruned)
    Seq("good", "bad").foreach(word => out.put(word.getBytes(UTF_8)).put(0.toByte).putLong(5).put(0.toByte))
    labels.zip(seen).foreach { case (label, times) =>
      out.put(label.getBytes(UTF_8)).put(0.toByte).putLong(times).put(1.toByte)
    }
    out.put(0.toByte).putLong(rows).putLong(2)
    Seq(weight, 0f, 0f, weight).foreach(out.putFloat(_))
    out.put(0.toByte).putLong(labels.length.toLong).putLong(2)
    labels.indices.foreach(at => out.putFloat(if (at % 2 == 0) 1f else 0f).putFloat(if (at % 2 == 0) 0f else 1f))
    out.array.take(out.position())
  }

  def written: Path = TinyModel.write(bytes)
}

object TinyModel {
  def write(bytes: Array[Byte]): Path = Files.write(Files.createTempFile("model", ".bin"), bytes)
}
