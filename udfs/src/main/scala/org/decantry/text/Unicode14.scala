package org.decantry.text

import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory
import com.ibm.icu.lang.{UCharacter, UProperty}
import com.ibm.icu.text.{FilteredNormalizer2, Normalizer2, UnicodeSet}

/** Properties of code points in Unicode 14, as in Python 3.11. Newer code points are unassigned, so a text's normal form does
  * not depend on the JVM. The data are ICU's, restricted to that version.
  */
private[text] object Unicode14 {
  private val known: UnicodeSet = new UnicodeSet("[:age=14.0:]").freeze()

  /** Canonical decomposition; code points newer than Unicode 14 do not change. */
  val nfd: Normalizer2 = new FilteredNormalizer2(Normalizer2.getNFDInstance, known)

  def isAssigned(point: Int): Boolean = known.contains(point)

  /** Python's `str.lower` of one code point, except for the final sigma. U+0130 loses its dot, a mark of category Mn. */
  def lower(point: Int): Int =
    if (!isAssigned(point)) point
    else {
      val lower = UCharacter.toLowerCase(point)
      if (lower == point || isAssigned(lower)) lower else point
    }

  /** Category Mn. It includes U+1171E, which newer versions moved to another category. */
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

  /** Whether it is cased (Unicode 3.13, D135). */
  def isCased(point: Int): Boolean = isAssigned(point) && UCharacter.hasBinaryProperty(point, UProperty.CASED)

  /** Whether it is case-ignorable, and skipped in the context of a sigma (Unicode 3.13, D136). */
  def isCaseIgnorable(point: Int): Boolean =
    isAssigned(point) && UCharacter.hasBinaryProperty(point, UProperty.CASE_IGNORABLE)

  /** Whether canonical decomposition never changes or moves it. */
  def isInert(point: Int): Boolean =
    nfd.getDecomposition(point) == null && (!isAssigned(point) || UCharacter.getCombiningClass(point) == 0)

  /** Whether its decomposition has a character, other than an Mn, that canonical ordering may move. */
  def mayMove(point: Int): Boolean =
    !isInert(point) && nfd.normalize(new String(Character.toChars(point))).codePoints.anyMatch { part =>
      isAssigned(part) && UCharacter.getCombiningClass(part) != 0 && !isNonspacingMark(part)
    }
}
