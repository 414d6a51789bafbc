package org.decantry.fasttext

import java.util.Arrays

/** The mean of the vectors of a text's words, parts of words and runs of words, for one thread at a time.
  *
  * A text is one line: a line break is a space. Words end at spaces as fastText sees them, which are bytes; the end of the line
  * is a word of its own.
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

  /** Reads a text. Whether any of it has a vector; `hidden` is then the mean. */
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

  /** The words of a text; whether one was the end of a line. */
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

  /** Takes a word; whether it is the end of a line. */
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

  /** Takes the runs of `shortest` to `longest` code points of a word between its marks. */
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

  /** Takes the runs of two words and more. */
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

  /** The remainder of an unsigned hash by the number of buckets: a product in double precision is off by one at most. */
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

  /** Room for a longer word is not held on to. */
  private val MostHeld = 1 << 16

  private def isSpace(byte: Byte): Boolean = byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == 0

  /** Whether a byte goes on with a code point in UTF-8. */
  private def continues(byte: Byte): Boolean = (byte & 0xc0) == 0x80

  private def looksLikeLabel(text: Array[Byte], from: Int, until: Int): Boolean =
    until - from >= Label.length && Arrays.equals(text, from, from + Label.length, Label, 0, Label.length)
}
