package org.decantry.text

import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory
import com.ibm.icu.lang.{UCharacter, UProperty}
import com.ibm.icu.text.{FilteredNormalizer2, Normalizer2, UnicodeSet}

/** Code points as Python 3.11 sees them, whatever the JVM: what Unicode 14 does not know is unassigned, so that a text's
  * normal form does not change with the platform. The data are ICU's, cut at that version.
  */
private[text] object Unicode14 {
  private val known: UnicodeSet = new UnicodeSet("[:age=14.0:]").freeze()

  /** Canonical decomposition; code points newer than Unicode 14 stay as they are. */
  val nfd: Normalizer2 = new FilteredNormalizer2(Normalizer2.getNFDInstance, known)

  def isAssigned(point: Int): Boolean = known.contains(point)

  /** Python's `str.lower` of one code point, the final sigma aside; U+0130 loses its dot, a mark of category Mn. */
  def lower(point: Int): Int =
    if (!isAssigned(point)) point
    else {
      val lower = UCharacter.toLowerCase(point)
      if (lower == point || isAssigned(lower)) lower else point
    }

  /** Category Mn. One code point, U+1171E, has left it since. */
  def isNonspacingMark(point: Int): Boolean =
    (UCharacter.getType(point) == ECharacterCategory.NON_SPACING_MARK && isAssigned(point)) || point == 0x1171e

  /** Python's `\w`: a letter, a number or the underscore. */
  def isWord(point: Int): Boolean =
    point == '_' || (isAssigned(point) && (UCharacter.isLetter(point) || isNumber(point)))

  /** Whether it is of category Nd, Nl or No. */
  def isNumber(point: Int): Boolean = {
    val category = UCharacter.getType(point)
    category == ECharacterCategory.DECIMAL_DIGIT_NUMBER || category == ECharacterCategory.LETTER_NUMBER ||
    category == ECharacterCategory.OTHER_NUMBER
  }

  /** Whether it carries case (Unicode 3.13, D135). */
  def isCased(point: Int): Boolean = isAssigned(point) && UCharacter.hasBinaryProperty(point, UProperty.CASED)

  /** Whether it is skipped when the context of a sigma is judged (Unicode 3.13, D136). */
  def isCaseIgnorable(point: Int): Boolean =
    isAssigned(point) && UCharacter.hasBinaryProperty(point, UProperty.CASE_IGNORABLE)

  /** Whether canonical decomposition leaves it alone, wherever it stands. */
  def isInert(point: Int): Boolean =
    nfd.getDecomposition(point) == null && (!isAssigned(point) || UCharacter.getCombiningClass(point) == 0)

  /** Whether its decomposition holds something other than an Mn that canonical ordering may move. */
  def mayMove(point: Int): Boolean =
    !isInert(point) && nfd.normalize(new String(Character.toChars(point))).codePoints.anyMatch { part =>
      isAssigned(part) && UCharacter.getCombiningClass(part) != 0 && !isNonspacingMark(part)
    }
}
