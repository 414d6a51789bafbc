package org.decantry.text

import java.nio.channels.FileChannel
import java.nio.file.{Path, StandardOpenOption}
import java.nio.{ByteOrder, LongBuffer => LongKeys}

/** A set of strings, stored as 64-bit keys: the first 8 bytes (little-endian) of the SHA-1 of their UTF-8. A string outside
  * the set is reported as a member with probability size / 2^64.
  *
  * @param keys sorted as unsigned numbers
  */
private[text] final class KeySet(keys: LongKeys) {

  def contains(name: String): Boolean = {
    val key = Sha1.hash64(name)
    var low = 0
    var high = keys.limit() - 1
    while (low <= high) {
      val middle = (low + high) >>> 1
      val order = java.lang.Long.compareUnsigned(keys.get(middle), key)
      if (order == 0) return true
      if (order < 0) low = middle + 1 else high = middle - 1
    }
    false
  }
}

private[text] object KeySet {

  /** The set in a file of little-endian keys. The file is mapped, so the executors of a machine share its pages. */
  def open(path: Path): KeySet = {
    val channel = FileChannel.open(path, StandardOpenOption.READ)
    try {
      require(channel.size % 8 == 0, s"url_match: $path is not a list of 8-byte keys")
      val bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size)
      new KeySet(bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer())
    } finally channel.close()
  }
}
