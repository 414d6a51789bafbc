package org.decantry.fasttext

import java.nio.charset.StandardCharsets.UTF_8
import java.util.Arrays

/** The words and labels of a model, by their UTF-8 bytes, and the rows of the shared buckets.
  *
  * @param words   the number of entries that are words; the others are labels
  * @param counts  how often each label occurred in training
  * @param buckets the rows of the buckets, counted from the first row after the words
  */
private[fasttext] final class Dictionary(
    texts: Array[Byte],
    ends: Array[Int],
    val words: Int,
    val counts: Array[Long],
    val buckets: Buckets
) {
  private val size = ends.length

  /** Entries by hash, with open addressing; -1 is a free slot. */
  private val slots = Array.fill(Integer.highestOneBit(math.max(size, 4)) * 4)(-1)
  private val hashes = new Array[Int](size)

  (0 until size).foreach { entry =>
    hashes(entry) = Fnv.hash(texts, begin(entry), ends(entry))
    slots(slot(texts, begin(entry), ends(entry), hashes(entry))) = entry
  }

  val labels: Array[String] = (words until size).map(entry => new String(texts, begin(entry), ends(entry) - begin(entry), UTF_8)).toArray

  /** The entry with these bytes and this hash; -1 if there is none. */
  def find(bytes: Array[Byte], from: Int, until: Int, hash: Int): Int = slots(slot(bytes, from, until, hash))

  private def begin(entry: Int): Int = if (entry == 0) 0 else ends(entry - 1)

  private def slot(bytes: Array[Byte], from: Int, until: Int, hash: Int): Int = {
    val mask = slots.length - 1
    var at = (hash ^ (hash >>> 15)) & mask
    while (slots(at) >= 0 && !same(slots(at), bytes, from, until, hash)) at = (at + 1) & mask
    at
  }

  private def same(entry: Int, bytes: Array[Byte], from: Int, until: Int, hash: Int): Boolean =
    hashes(entry) == hash && Arrays.equals(texts, begin(entry), ends(entry), bytes, from, until)
}

/** Source: facebookresearch/fastText src/dictionary.cc (load). */
private[fasttext] object Dictionary {
  private val Word = 0
  private val Label = 1

  /** The smallest entry in bytes: a zero byte after its text, 8 bytes for the count, and its type. */
  private val LeastEntry = 10

  /** The library's count of nodes of the label tree that are not built yet. */
  private val MostSeen = 1000000000000000L

  def read(file: ModelFile, settings: Settings): Dictionary = {
    val size, words, labels = file.int()
    file.long() // the number of tokens in training
    val pruned = file.long()
    file.require(words >= 0 && labels > 0 && words.toLong + labels == size, s"it has $words words, $labels labels and $size entries")
    file.expect(size, LeastEntry)
    val texts = new java.io.ByteArrayOutputStream
    val ends = new Array[Int](size)
    val counts = new Array[Long](labels)
    (0 until size).foreach { entry =>
      var byte = file.byte()
      while (byte != 0) {
        texts.write(byte.toInt)
        byte = file.byte()
      }
      ends(entry) = texts.size
      val count = file.long()
      val kind = file.byte()
      file.require(kind == (if (entry < words) Word else Label), s"its entry $entry is misplaced or damaged")
      if (entry >= words) {
        file.require(count >= 0 && count < MostSeen, s"its label ${entry - words} was seen $count times")
        counts(entry - words) = count
      }
    }
    new Dictionary(texts.toByteArray, ends, words, counts, Buckets.read(file, settings.buckets, pruned))
  }
}
