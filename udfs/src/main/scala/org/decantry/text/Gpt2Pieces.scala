package org.decantry.text

import com.ibm.icu.lang.{UCharacter, UProperty}

/** Cuts a text into the pieces that byte pairs are merged within: a contraction's ending; letters, digits or other
  * marks, each with one space before them; white space, of which the last character goes to what follows.
  *
  * Source: openai/gpt-2 `src/encoder.py`; the pattern
  * `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
  */
private[text] object Gpt2Pieces {
  private val Letter = 0
  private val Number = 1
  private val Space = 2
  private val Other = 3

  private val Covered = 0x20000
  private val kinds: Array[Byte] = Array.tabulate(Covered)(work(_).toByte)

  private def kind(point: Int): Int = if (point < Covered) kinds(point) else work(point)

  private def work(point: Int): Int =
    if (UCharacter.hasBinaryProperty(point, UProperty.WHITE_SPACE)) Space
    else if (UCharacter.isLetter(point)) Letter
    else if (Unicode14.isNumber(point)) Number
    else Other

  /** The end of the piece that starts at `from`, which is before `until`. */
  def end(chars: Array[Char], from: Int, until: Int): Int = {
    val first = chars(from)
    val ending = if (first == '\'') contraction(chars, from + 1, until) else 0
    if (ending > 0) from + 1 + ending
    else {
      val start = if (first == ' ' && from + 1 < until) from + 1 else from
      val kind = kindAt(chars, start, until)
      if (kind != Space) runEnd(chars, start, until, kind)
      else {
        val end = runEnd(chars, from, until, Space)
        if (end < until && end - from > 1) end - 1 else end
      }
    }
  }

  private def kindAt(chars: Array[Char], at: Int, until: Int): Int = {
    val unit = chars(at)
    if (Character.isHighSurrogate(unit)) kind(Character.codePointAt(chars, at, until)) else kinds(unit.toInt)
  }

  private def runEnd(chars: Array[Char], from: Int, until: Int, kind: Int): Int = {
    var at = from
    while (at < until && kindAt(chars, at, until) == kind)
      at += Character.charCount(Character.codePointAt(chars, at, until))
    at
  }

  /** The length of what follows an apostrophe: s, t, m, d, re, ve or ll; 0 for anything else. */
  private def contraction(chars: Array[Char], at: Int, until: Int): Int =
    if (at >= until) 0
    else
      chars(at) match {
        case 's' | 't' | 'm' | 'd' => 1
        case 'r' | 'v' => if (at + 1 < until && chars(at + 1) == 'e') 2 else 0
        case 'l' => if (at + 1 < until && chars(at + 1) == 'l') 2 else 0
        case _ => 0
      }
}
