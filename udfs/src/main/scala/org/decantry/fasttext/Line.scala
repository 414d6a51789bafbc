package org.decantry.fasttext

import java.util.Arrays

/** Computes the mean of the vectors of a text's words, subwords and word n-grams. Not thread-safe.
  *
  * A text is one line: line breaks count as spaces. Words end at fastText's spaces, which are single bytes. The end of the
  * line is a word of its own.
  *
  * Source: facebookresearch/fastText src/dictionary.cc (readWord, getLine, addSubwords, computeSubwords, addWordNgrams).
  */
private[fasttext] final class Line(model: Model) {
  private val settings = model.settings
  private val dictionary = model.dictionary
  private val input = model.input
  private val longest = settings.longest
  private val runs = settings.wordNgrams
  private val words = new Words
  private val inverse = 1.0 / math.max(1, settings.buckets)
  private var marked = new Array[Byte](256)
  private var count = 0

  val hidden = new Array[Float](settings.dimension)

  /** Reads a text into `hidden`. Returns whether any part of it has a vector. */
  def read(text: Array[Byte]): Boolean = {
    Arrays.fill(hidden, 0f)
    count = 0
    words.clear()
    if (!readWords(text)) word(Line.End, 0, Line.End.length, Line.EndHash)
    if (runs > 1) addRuns()
    if (marked.length > Line.MostHeld) marked = new Array[Byte](256)
    if (count == 0) false
    else {
      val share = (1.0 / count).toFloat
      var i = 0
      while (i < hidden.length) {
        hidden(i) *= share
        i += 1
      }
      true
    }
  }

  /** Adds the words of a text. Returns whether one of them was the end of a line. */
  private def readWords(text: Array[Byte]): Boolean = {
    var ended = false
    var at = 0
    while (at < text.length && !ended) {
      while (at < text.length && Line.isSpace(text(at))) at += 1
      val from = at
      var hash = Fnv.Start
      while (at < text.length && !Line.isSpace(text(at))) {
        hash = Fnv.next(hash, text(at))
        at += 1
      }
      if (at > from) ended = word(text, from, at, hash)
    }
    ended
  }

  /** Adds a word. Returns whether it is the end of a line. */
  private def word(text: Array[Byte], from: Int, until: Int, hash: Int): Boolean = {
    val entry = dictionary.find(text, from, until, hash)
    val ends = hash == Line.EndHash && Arrays.equals(text, from, until, Line.End, 0, Line.End.length)
    val isLabel = if (entry < 0) Line.looksLikeLabel(text, from, until) else entry >= dictionary.words
    if (!isLabel) {
      if (entry >= 0) add(entry)
      if (longest > 0 && !ends) addParts(text, from, until)
      if (runs > 1) words.add(hash)
    }
    ends
  }

  private def add(row: Int): Unit = {
    input.add(row, hidden)
    count += 1
  }

  private def addBucket(bucket: Int): Unit = {
    val row = dictionary.buckets.row(bucket)
    if (row >= 0) add(dictionary.words + row)
  }

  /** Adds the subwords: the n-grams of `shortest` to `longest` code points of a word with its boundary marks. */
  private def addParts(text: Array[Byte], from: Int, until: Int): Unit = {
    val size = until - from + 2
    if (marked.length < size) marked = new Array[Byte](2 * size)
    val bytes = marked
    bytes(0) = '<'
    System.arraycopy(text, from, bytes, 1, until - from)
    bytes(size - 1) = '>'
    var begin = 0
    while (begin < size) {
      if (!Line.continues(bytes(begin))) {
        var hash = Fnv.Start
        var at = begin
        var points = 1
        while (at < size && points <= longest) {
          hash = Fnv.next(hash, bytes(at))
          at += 1
          while (at < size && Line.continues(bytes(at))) {
            hash = Fnv.next(hash, bytes(at))
            at += 1
          }
          val aMark = points == 1 && (begin == 0 || at == size)
          if (points >= settings.shortest && !aMark) addBucket(bucketOf(hash))
          points += 1
        }
      }
      begin += 1
    }
  }

  /** Adds the n-grams of two or more words. */
  private def addRuns(): Unit = {
    var begin = 0
    while (begin < words.size) {
      var hash = words(begin).toLong
      val end = math.min(words.size, begin + runs)
      var at = begin + 1
      while (at < end) {
        hash = hash * 116049371L + words(at)
        addBucket(java.lang.Long.remainderUnsigned(hash, settings.buckets).toInt)
        at += 1
      }
      begin += 1
    }
  }

  /** The unsigned hash modulo the number of buckets. The quotient in double precision is off by at most one. */
  private def bucketOf(hash: Int): Int = {
    val unsigned = hash & 0xffffffffL
    val left = (unsigned - (unsigned * inverse).toLong * settings.buckets).toInt
    if (left < 0) left + settings.buckets else if (left >= settings.buckets) left - settings.buckets else left
  }
}

private[fasttext] object Line {
  private val End = "</s>".getBytes("US-ASCII")
  private val EndHash = Fnv.hash(End, 0, End.length)
  private val Label = "__label__".getBytes("US-ASCII")

  /** A buffer for a longer word is released. */
  private val MostHeld = 1 << 16

  private def isSpace(byte: Byte): Boolean = byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == 0

  /** Whether a byte is a continuation byte of UTF-8. */
  private def continues(byte: Byte): Boolean = (byte & 0xc0) == 0x80

  private def looksLikeLabel(text: Array[Byte], from: Int, until: Int): Boolean =
    until - from >= Label.length && Arrays.equals(text, from, from + Label.length, Label, 0, Label.length)
}
