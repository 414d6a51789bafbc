package org.decantry.text

import com.ibm.icu.lang.{UCharacter, UProperty}

/** Cuts a text into pieces. Byte pairs are merged only within a piece. A piece is the ending of a contraction, a run of
  * letters, digits or other marks with one space before it, or white space without the last character before a run.
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

  /** The length of the ending s, t, m, d, re, ve or ll after an apostrophe; 0 if there is none. */
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
