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
      val single = Words.isCjk(char)
      if (!single && Character.isLetterOrDigit(char)) {
        state = Words.hash(state, char)
        open = true
        if (Character.isDigit(char)) {
          digits += 1
          number += 1
        } else {
          letters += 1
          if (Character.isUpperCase(char)) upper += 1
        }
        if (words == 0 && !startsUpper) startsUpper = Character.isUpperCase(char)
      } else {
        if (open) {
          before = word(state, before)
          state = Words.Start
          open = false
        }
        if (single) {
          cjk += 1
          letters += 1
          before = word(Words.hash(Words.Start, char), before)
        } else if (char > ' ') mark(char, i)
        else if (char == '\n') lineBreaks += 1
      }
      if (number > 0 && !Character.isDigit(char)) {
        if (number == 4 && (text.charAt(i - 4) == '1' && text.charAt(i - 3) == '9' || text.charAt(i - 4) == '2' && text.charAt(i - 3) == '0'))
          hasYear = true
        numbers = if (number == 4 || number <= 2) numbers + 1 else 0
        if (numbers >= 2 && (hasYear || numbers >= 3)) hasDate = true
        if ("./-".indexOf(char.toInt) < 0) numbers = 0
        number = 0
      } else if (number == 0 && "./-".indexOf(char.toInt) < 0) numbers = 0
      i += 1
    }
    if (chars > 0) {
      var last = chars - 1
      while (last > 0 && "\"'”’»)]“".indexOf(text.charAt(last).toInt) >= 0) last -= 1
      endsWithMark = TextMeasures.isEnd(text.charAt(last))
    }
  }

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

  /** Whether it ends a sentence, in Latin, Arabic, Indian and East Asian scripts. */
  def isEnd(char: Char): Boolean =
    char == '.' || char == '!' || char == '?' || char == '\u2026' || char == '\u3002' || char == '\uff01' || char == '\uff1f' ||
      char == '\u061f' || char == '\u0964' || char == '\u06d4'
}
