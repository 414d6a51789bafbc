package org.decantry.text

import com.ibm.icu.lang.UCharacter
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory

/** The action of `Normalize` for each code point. The first two planes, and so nearly all text, are in tables; others are
  * computed with ICU.
  */
private[text] object NormalizeTable {

  /** A decimal digit of any script. */
  val Digit = 1

  /** May separate the two parts of a number. */
  val Separator = 1 << 1

  /** White space or punctuation: becomes a space. */
  val Blank = 1 << 2

  /** Its normal form differs from the code point. */
  val Changes = 1 << 3

  /** Canonical ordering may move it: the text is normalised as a whole. */
  val Moves = 1 << 4

  /** U+03A3, whose lower case depends on its position in the word. */
  val Sigma = 1 << 5

  private val Covered = 0x20000

  // datatrove 0.10.1 utils/text.py PUNCTUATION; the ranges are its control characters.
  private val punctuation: String =
    "!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»"
  private val controls = Seq(0x00 to 0x08, 0x0b to 0x0c, 0x0d to 0x1f, 0x7f to 0x9f)

  // datatrove 0.10.1 utils/text.py NUMBERS_PATTERN.
  private val separators = ".,،٫⎖⎗⎘"

  // Decimal digits that Unicode 17 added, after ICU's data: Tolong Siki.
  private val newerDigits = 0x11de0 to 0x11de9

  private val bits = new Array[Byte](Covered)
  private val forms = new Array[String](Covered)

  for (point <- 0 until Covered) {
    bits(point) = work(point).toByte
    if ((bits(point) & Changes) != 0) forms(point) = formOf(point)
  }

  def of(point: Int): Int = if (point < Covered) bits(point) else work(point)

  /** The normal form of a code point that `Changes`: lower case, decomposed, without marks; may be empty. */
  def form(point: Int): String = if (point < Covered) forms(point) else formOf(point)

  /** A digit that is also punctuation (U+FF11) is a digit, because numbers are replaced first. */
  private def work(point: Int): Int =
    if (isDigit(point)) Digit
    else {
      val separator = if (separators.indexOf(point) >= 0) Separator else 0
      if (isBlank(point)) separator | Blank
      else if (isSurrogate(point)) separator
      else {
        val lower = Unicode14.lower(point)
        val moves = if (Unicode14.mayMove(lower)) Moves else 0
        val sigma = if (point == 0x3a3) Sigma else 0
        val same = lower == point && Unicode14.isInert(point) && !Unicode14.isNonspacingMark(point)
        separator | moves | sigma | (if (same) 0 else Changes)
      }
    }

  private def isDigit(point: Int): Boolean =
    UCharacter.getType(point) == ECharacterCategory.DECIMAL_DIGIT_NUMBER || newerDigits.contains(point)

  private def isSurrogate(point: Int): Boolean = point >= 0xd800 && point < 0xe000

  private def isBlank(point: Int): Boolean =
    punctuation.indexOf(point) >= 0 || controls.exists(_.contains(point)) || PythonText.isSpace(point)

  private def formOf(point: Int): String = {
    val lower = new String(Character.toChars(Unicode14.lower(point)))
    withoutMarks(Unicode14.nfd.normalize(lower))
  }

  /** The text without its code points of category Mn. */
  def withoutMarks(text: String): String = {
    val kept = new java.lang.StringBuilder(text.length)
    text.codePoints.filter(!Unicode14.isNonspacingMark(_)).forEach(kept.appendCodePoint(_))
    kept.toString
  }
}
