package org.decantry.text

import java.nio.{ByteBuffer, ByteOrder}

/** The hashes of a text's n-grams of words or characters. All words are in one buffer of UTF-8, each followed by a space, so
  * an n-gram is a range of the buffer and needs no string. Characters follow each other without spaces. Not thread-safe;
  * the arrays are reused.
  */
private[text] final class Shingles {
  private val sha1 = new Sha1
  private val tokens = new Tokens
  private var bytes = new Array[Byte](1 << 14)
  private var little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
  private var ends = new Array[Int](1 << 10)
  private var gap = 1
  private var count = 0
  private var units = 0

  /** The hashes. Only the first `length` are valid. */
  var values = new Array[Long](1 << 10)

  /** The number of n-grams; 0 if the text has no words. */
  def length: Int = count

  /** Fills `values` with the hash of each n-gram of the normalised text's words, or code points, in order. A text that has
    * fewer of them than `ngram` is one n-gram as a whole.
    *
    * @param language whose words they are: see `Words`
    */
  def fill(text: String, ngram: Int, hash: ShingleHash, unit: ShingleUnit, language: String): Unit = {
    release()
    unit match {
      case ShingleUnit.Word => join(Words.scan(Normalize.normalize(text), language, tokens))
      case ShingleUnit.Character => spell(Normalize.normalize(text))
    }
    val size = math.min(ngram, units)
    count = if (size == 0) 0 else units - size + 1
    if (values.length < count) values = new Array[Long](math.max(count, values.length * 2))
    var i = 0
    while (i < count) {
      val from = if (i == 0) 0 else ends(i - 1) + gap
      val until = ends(i + size - 1)
      values(i) = hash match {
        case ShingleHash.Sha1 => sha1.hash64(bytes, from, until)
        case ShingleHash.Xxh64 => XxHash64.hash(little, from, until, 0)
      }
      i += 1
    }
  }

  private def join(tokens: Tokens): Unit = {
    gap = 1
    units = tokens.length
    reserve(tokens.charCount * 3 + units)
    val chars = tokens.chars
    var at = 0
    var i = 0
    while (i < units) {
      at = Utf8.encode(chars, tokens.start(i), tokens.end(i), bytes, at)
      ends(i) = at
      bytes(at) = ' '
      at += 1
      i += 1
    }
  }

  private def spell(text: String): Unit = {
    gap = 0
    units = text.codePointCount(0, text.length)
    reserve(text.length * 3)
    var at = 0
    var from = 0
    var i = 0
    while (i < units) {
      val point = text.codePointAt(from)
      from += Character.charCount(point)
      at = Utf8.encode(point, bytes, at)
      ends(i) = at
      i += 1
    }
  }

  /** Enlarges the buffers to `size` bytes, and to the ends of `units`. */
  private def reserve(size: Int): Unit = {
    if (ends.length < units) ends = new Array[Int](math.max(units, ends.length * 2))
    if (bytes.length < size) {
      bytes = new Array[Byte](math.max(size, bytes.length * 2))
      little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
    }
  }

  /** Releases arrays that a very long text has enlarged. */
  private def release(): Unit =
    if (values.length > (1 << 20)) {
      bytes = new Array[Byte](0)
      ends = new Array[Int](1 << 10)
      units = 0
      reserve(1 << 14)
      values = new Array[Long](1 << 10)
    }
}

/** The hash function of n-grams. */
sealed trait ShingleHash

object ShingleHash {
  case object Sha1 extends ShingleHash
  case object Xxh64 extends ShingleHash

  def named(name: String): ShingleHash = name match {
    case "sha1" => Sha1
    case "xxh64" => Xxh64
    case other => throw new IllegalArgumentException(s"minhash: the hash is sha1 or xxh64, not '$other'")
  }
}

/** The unit of n-grams. */
sealed trait ShingleUnit

object ShingleUnit {
  case object Word extends ShingleUnit
  case object Character extends ShingleUnit

  def named(name: String): ShingleUnit = name match {
    case "word" => Word
    case "character" => Character
    case other => throw new IllegalArgumentException(s"minhash: shingles are of word or character, not '$other'")
  }
}
