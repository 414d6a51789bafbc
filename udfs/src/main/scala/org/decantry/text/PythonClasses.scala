package org.decantry.text

import com.ibm.icu.lang.UCharacter.getIntPropertyValue
import com.ibm.icu.lang.UCharacter.isUUppercase
import com.ibm.icu.lang.UCharacter.NumericType.{DECIMAL, DIGIT, NONE}
import com.ibm.icu.lang.UProperty.NUMERIC_TYPE

/** Classes of single characters as Python 3.11 defines them, for the rules of DCLM and NeMo Curator. */
private[text] object PythonClasses {

  /** `str.isalnum`: a letter, or a character with a numeric value. */
  def isAlnum(point: Int): Boolean =
    PythonText.isAlpha(point) || (getIntPropertyValue(point, NUMERIC_TYPE) != NONE && Unicode14.isAssigned(point))

  /** `str.isdigit`: a decimal digit, or another digit such as a superscript. */
  def isDigit(point: Int): Boolean =
    if (point < 0x80) point >= '0' && point <= '9'
    else {
      val kind = getIntPropertyValue(point, NUMERIC_TYPE)
      (kind == DECIMAL || kind == DIGIT) && Unicode14.isAssigned(point)
    }

  /** `str.isupper` of one character. */
  def isUpper(point: Int): Boolean =
    if (point < 0x80) point >= 'A' && point <= 'Z' else isUUppercase(point) && Unicode14.isAssigned(point)
}
