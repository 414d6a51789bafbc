package org.decantry.text

import org.decantry.text.NormalizeTable._

/** The normal form of a text, for near-duplicates: lower case, 0 for each number, one space for punctuation and runs of
  * white space, letters without marks.
  *
  * Source: datatrove 0.10.1 `utils/text.py`, `simplify_text` with its default configuration, on Python 3.11.
  */
object Normalize {

  def normalize(text: String): String = {
    val out = new java.lang.StringBuilder(text.length)
    if (fold(text, out, decompose = true)) strip(out)
    else {
      out.setLength(0)
      fold(text, out, decompose = false)
      strip(new java.lang.StringBuilder(withoutMarks(Unicode14.nfd.normalize(strip(out)))))
    }
  }

  /** Writes the folded text to `out`. With `decompose`, each letter is decomposed and loses its marks. This is the normal
    * form unless canonical ordering could move a mark: then the function stops and returns false.
    */
  private def fold(text: String, out: java.lang.StringBuilder, decompose: Boolean): Boolean = {
    val end = text.length
    var at = 0
    while (at < end) {
      val unit = text.charAt(at)
      if (unit >= 'a' && unit <= 'z') {
        out.append(unit)
        at += 1
      } else {
        val point = text.codePointAt(at)
        val width = Character.charCount(point)
        val bits = NormalizeTable.of(point)
        if (bits == 0) {
          out.append(text, at, at + width)
          at += width
        } else if ((bits & Blank) != 0) {
          at = afterBlanks(text, at)
          out.append(' ')
        } else if ((bits & Digit) != 0) {
          at = afterNumber(text, at)
          out.append('0')
        } else {
          if ((bits & Moves) != 0 && decompose) return false
          if ((bits & Sigma) != 0) out.append(if (isFinal(text, at)) 'ς' else 'σ')
          else if (decompose && (bits & Changes) != 0) out.append(NormalizeTable.form(point))
          else out.appendCodePoint(Unicode14.lower(point))
          at += width
        }
      }
    }
    true
  }

  private def afterBlanks(text: String, from: Int): Int = {
    var at = from
    while (at < text.length && (bitsAt(text, at) & Blank) != 0) at += Character.charCount(text.codePointAt(at))
    at
  }

  /** The index after the digits, and after one separator and more digits if they follow. */
  private def afterNumber(text: String, from: Int): Int = {
    val whole = afterDigits(text, from)
    if (whole < text.length && (bitsAt(text, whole) & Separator) != 0) {
      val part = afterDigits(text, whole + 1)
      if (part > whole + 1) part else whole
    } else whole
  }

  private def afterDigits(text: String, from: Int): Int = {
    var at = from
    while (at < text.length && (bitsAt(text, at) & Digit) != 0) at += Character.charCount(text.codePointAt(at))
    at
  }

  private def bitsAt(text: String, at: Int): Int = NormalizeTable.of(text.codePointAt(at))

  /** Whether the sigma at `at` ends its word: a cased letter before it, none after it, ignorable ones skipped. */
  private[text] def isFinal(text: String, at: Int): Boolean = {
    var before = at
    while (before > 0 && Unicode14.isCaseIgnorable(text.codePointBefore(before)))
      before -= Character.charCount(text.codePointBefore(before))
    before > 0 && Unicode14.isCased(text.codePointBefore(before)) && {
      var after = at + 1
      while (after < text.length && Unicode14.isCaseIgnorable(text.codePointAt(after)))
        after += Character.charCount(text.codePointAt(after))
      after == text.length || !Unicode14.isCased(text.codePointAt(after))
    }
  }

  /** The text without white space at its ends. Its only white space is the space. */
  private def strip(text: java.lang.StringBuilder): String = {
    var from = 0
    var until = text.length
    while (from < until && text.charAt(from) == ' ') from += 1
    while (until > from && text.charAt(until - 1) == ' ') until -= 1
    text.substring(from, until)
  }
}
