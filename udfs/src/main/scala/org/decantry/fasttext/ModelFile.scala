package org.decantry.fasttext

import java.nio.channels.FileChannel
import java.nio.{ByteBuffer, ByteOrder, FloatBuffer}

/** Reads the values of a model's file in order, little-endian. No memory is allocated for more than the rest of the file: a
  * count that exceeds it throws IllegalArgumentException.
  */
private[fasttext] final class ModelFile(name: String, channel: FileChannel) {
  private val size = channel.size()
  private val buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0).asInstanceOf[ByteBuffer]
  private var read = 0L

  def refuse(why: String): Nothing = throw new IllegalArgumentException(s"the fastText model $name cannot be used: $why")

  def require(condition: Boolean, why: => String): Unit = if (!condition) refuse(why)

  /** The offset of the next value, in bytes. */
  def position: Long = read - buffer.remaining

  def left: Long = size - position

  /** Fails unless the rest of the file has space for `count` values of `bytes` each. */
  def expect(count: Long, bytes: Int): Unit =
    require(count >= 0 && count <= left / bytes, s"it is cut short or damaged at byte $position of $size")

  def byte(): Byte = { fill(1); buffer.get() }

  def flag(): Boolean = byte() != 0

  def int(): Int = { fill(4); buffer.getInt() }

  def long(): Long = { fill(8); buffer.getLong() }

  def double(): Double = { fill(8); buffer.getDouble() }

  def bytes(count: Long): Array[Byte] = {
    expect(count, 1)
    val found = new Array[Byte](length(count))
    var at = 0
    while (at < found.length) {
      fill(1)
      val some = math.min(buffer.remaining, found.length - at)
      buffer.get(found, at, some)
      at += some
    }
    found
  }

  def floats(count: Long): Array[Float] = {
    expect(count, 4)
    val found = new Array[Float](length(count))
    var at = 0
    while (at < found.length) {
      fill(4)
      found(at) = buffer.getFloat()
      at += 1
    }
    found
  }

  /** Maps the next numbers into memory; at most 2^29 of them. */
  def mapped(count: Long): FloatBuffer = {
    expect(count, 4)
    val values = channel.map(FileChannel.MapMode.READ_ONLY, position, count * 4).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
    skip(count * 4)
    values
  }

  private def skip(count: Long): Unit = {
    read = position + count
    buffer.limit(0)
    channel.position(read)
  }

  private def length(count: Long): Int = {
    require(count <= Int.MaxValue - 8, s"it has $count numbers in one table, at byte $position: that is too many")
    count.toInt
  }

  /** Fills the buffer to at least `count` bytes. */
  private def fill(count: Int): Unit =
    if (buffer.remaining < count) {
      expect(count, 1)
      buffer.compact()
      var more = 0
      while (buffer.position() < count && more >= 0) {
        more = channel.read(buffer)
        if (more > 0) read += more
      }
      buffer.flip()
      require(buffer.remaining >= count, "it got shorter while it was read")
    }
}
