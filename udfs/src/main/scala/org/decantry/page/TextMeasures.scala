package org.decantry.page

/** The counts that one pass over a block's text collects. */
private[page] final class TextMeasures(text: String, title: HashBits) {
  val chars: Int = text.length
  var words, letters, upper, digits, commas, ends, others, cjk, titleWords, lineBreaks = 0
  var endsWithMark, startsUpper, hasYear, hasDate = false

  /** How often each group of `Phrases` occurs, at most 3 times. */
  val groups = new Array[Byte](Phrases.names.length)

  {
    var state = Words.Start
    var before = 0L
    var open = false
    var number, numbers = 0 // digits of the current number; parts of a date so far
    var i = 0
    while (i <= chars) {
      val char = if (i < chars) text.charAt(i) else ' '
      val kind = TextMeasures.kind(char)
      val isDigit = (kind & TextMeasures.Digit) != 0
      if ((kind & TextMeasures.Word) != 0) {
        state = Words.hash(state, char)
        open = true
        val isUpper = (kind & TextMeasures.Upper) != 0
        if (isDigit) {
          digits += 1
          number += 1
        } else {
          letters += 1
          if (isUpper) upper += 1
        }
        if (words == 0 && !startsUpper) startsUpper = isUpper
      } else {
        if (open) {
          before = word(state, before)
          state = Words.Start
          open = false
        }
        if ((kind & TextMeasures.Single) != 0) {
          cjk += 1
          letters += 1
          before = word(Words.hash(Words.Start, char), before)
        } else if (char > ' ') mark(char, i)
        else if (char == '\n') lineBreaks += 1
      }
      if (number > 0 && !isDigit) {
        if (number == 4 && (text.charAt(i - 4) == '1' && text.charAt(i - 3) == '9' || text.charAt(i - 4) == '2' && text.charAt(i - 3) == '0'))
          hasYear = true
        numbers = if (number == 4 || number <= 2) numbers + 1 else 0
        if (numbers >= 2 && (hasYear || numbers >= 3)) hasDate = true
        if (!joins(char)) numbers = 0
        number = 0
      } else if (number == 0 && !joins(char)) numbers = 0
      i += 1
    }
    if (chars > 0) {
      var last = chars - 1
      while (last > 0 && "\"'”’»)]“".indexOf(text.charAt(last).toInt) >= 0) last -= 1
      endsWithMark = TextMeasures.isEnd(text.charAt(last))
    }
  }

  /** Whether it joins the parts of a date. */
  private def joins(char: Char): Boolean = char == '.' || char == '/' || char == '-'

  private def word(hash: Long, before: Long): Long = {
    words += 1
    if (title.get(hash) != 0) titleWords += 1
    val bits = Phrases.single.get(hash) | Phrases.pairs.get(Words.pair(before, hash))
    if (bits != 0) count(bits)
    hash
  }

  private def count(bits: Int): Unit = {
    var left = bits
    while (left != 0) {
      val group = Integer.numberOfTrailingZeros(left)
      if (groups(group) < 3) groups(group) = (groups(group) + 1).toByte
      left &= left - 1
    }
  }

  private def mark(char: Char, at: Int): Unit =
    if (char == ',' || char == '\u3001' || char == '\uff0c' || char == '\u060c') commas += 1
    else if (TextMeasures.isEnd(char)) {
      if (at + 1 >= chars || char > '\u00ff' || text.charAt(at + 1) <= ' ' || !Character.isLetterOrDigit(text.charAt(at + 1))) ends += 1
    } else {
      others += 1
      if (char == '\u00a9') count(1)
    }

  /** The number of occurrences of words of any group. */
  def phrases: Int = {
    var sum, i = 0
    while (i < groups.length) {
      sum += groups(i)
      i += 1
    }
    sum
  }
}

private[page] object TextMeasures {

  // The bits of a character: in words, a word of its own, a digit, a capital.
  private val Word = 1
  private val Single = 2
  private val Digit = 4
  private val Upper = 8

  private val ascii: Array[Byte] = Array.tabulate(128)(char => computed(char.toChar).toByte)

  private def kind(char: Char): Int = if (char < 128) ascii(char.toInt).toInt else computed(char)

  private def computed(char: Char): Int =
    (if (Words.isCjk(char)) Single else if (Character.isLetterOrDigit(char)) Word else 0) |
      (if (Character.isDigit(char)) Digit else 0) | (if (Character.isUpperCase(char)) Upper else 0)

  /** Whether it ends a sentence, in Latin, Arabic, Indian and East Asian scripts. */
  def isEnd(char: Char): Boolean =
    char == '.' || char == '!' || char == '?' || char == '\u2026' || char == '\u3002' || char == '\uff01' || char == '\uff1f' ||
      char == '\u061f' || char == '\u0964' || char == '\u06d4'
}
