package org.decantry.text

/** Chinese words as jieba 0.42.1 cuts them by default. In a run of Han characters, ASCII letters, digits and some marks,
  * the words of the dictionary with the greatest sum of weights count. Where single characters follow each other, a model
  * finds words that are in no dictionary, and ASCII is cut into words, numbers and marks. Every character outside of such
  * a run is a token. The time is linear in the text, and the memory is a byte for each of its units.
  *
  * Source: jieba 0.42.1, `Tokenizer.cut` and `finalseg.cut`, which the Chinese tokenizer of spaCy 3.8 calls for datatrove
  * 0.10.1.
  */
private[text] final class ChineseTokenizer(dictionary: ChineseDictionary, model: ChineseModel) {
  import ChineseTokenizer._

  /** Fills `tokens` with the tokens of its own text. */
  def fill(tokens: Tokens): Unit = {
    val chars = tokens.chars
    val size = tokens.charCount
    val scratch = new Array[Byte](size)
    var at = 0
    while (at < size) {
      var end = at
      while (end < size && isInRun(chars(end))) end += 1
      if (end > at) cut(tokens, at, end, scratch)
      else {
        end = at + Character.charCount(Character.codePointAt(chars, at, size))
        if (!PythonText.isSpace(chars(at))) tokens.add(at, end)
      }
      at = end
    }
  }

  private def cut(tokens: Tokens, from: Int, until: Int, lengths: Array[Byte]): Unit = {
    choose(tokens.chars, from, until, lengths)
    var (at, singles) = (from, from)
    while (at < until) {
      val end = at + lengths(at)
      if (end > at + 1) {
        addSingles(tokens, singles, at, lengths)
        tokens.add(at, end)
        singles = end
      }
      at = end
    }
    addSingles(tokens, singles, until, lengths)
  }

  /** Writes for each position the length of the first word of the best way to cut what follows. Of equally good ways, the
    * one with the longer first word counts.
    */
  private def choose(chars: Array[Char], from: Int, until: Int, lengths: Array[Byte]): Unit = {
    val sums = new Array[Double](Window)
    var at = until - 1
    while (at >= from) {
      var best = Double.NegativeInfinity
      var length = 0
      var node = dictionary.root(chars(at))
      var end = at + 1
      while (node != 0) {
        if (dictionary.isWord(node)) {
          val sum = dictionary.weight(node) + sums(end % Window)
          if (sum >= best) {
            best = sum
            length = end - at
          }
        }
        node = if (end < until) dictionary.child(node, chars(end)) else 0
        end += 1
      }
      sums(at % Window) = if (length > 0) best else dictionary.unknown + sums((at + 1) % Window)
      lengths(at) = math.max(1, length).toByte
      at -= 1
    }
  }

  /** Adds what is between two words of more than one character. */
  private def addSingles(tokens: Tokens, from: Int, until: Int, scratch: Array[Byte]): Unit =
    if (until > from + 1 && !dictionary.contains(tokens.chars, from, until)) addUnlisted(tokens, from, until, scratch)
    else {
      var at = from
      while (at < until) {
        tokens.add(at, at + 1)
        at += 1
      }
    }

  private def addUnlisted(tokens: Tokens, from: Int, until: Int, scratch: Array[Byte]): Unit = {
    val chars = tokens.chars
    var at = from
    while (at < until) {
      var end = at
      while (end < until && ChineseModel.knows(chars(end))) end += 1
      if (end > at) model.cut(tokens, at, end, scratch)
      else {
        end = if (AsciiAlphanumeric(chars(at))) afterWord(chars, at, until) else afterMarks(chars, at, until)
        tokens.add(at, end)
      }
      at = end
    }
  }
}

private[text] object ChineseTokenizer {

  /** More than the length of the longest word, which has 16 characters. */
  private val Window = 32

  private def isInRun(unit: Char): Boolean =
    ChineseModel.knows(unit) || AsciiAlphanumeric(unit) || "+#&._%-".indexOf(unit.toInt) >= 0

  /** The end of letters and digits with decimals and a per cent sign. */
  private def afterWord(chars: Array[Char], from: Int, until: Int): Int = {
    var at = from
    while (at < until && AsciiAlphanumeric(chars(at))) at += 1
    if (at + 1 < until && chars(at) == '.' && isDigit(chars(at + 1))) {
      at += 2
      while (at < until && isDigit(chars(at))) at += 1
    }
    if (at < until && chars(at) == '%') at + 1 else at
  }

  private def afterMarks(chars: Array[Char], from: Int, until: Int): Int = {
    var at = from
    while (at < until && !AsciiAlphanumeric(chars(at)) && !ChineseModel.knows(chars(at))) at += 1
    at
  }

  private def isDigit(unit: Char): Boolean = unit >= '0' && unit <= '9'
}
