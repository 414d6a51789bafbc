package org.decantry.text

import com.ibm.icu.text.Transliterator

/** In which form a Chinese text is written: simplified or traditional characters, or Cantonese.
  *
  * A character is simplified if ICU's table (CLDR's Simplified-Traditional) changes it to another one, and traditional if
  * the table changes it back; most characters are neither. A text is Cantonese if at least one of 50 Chinese characters
  * is one that only written Cantonese has (a rule of thumb: Cantonese prose has about one in ten).
  */
object ChineseForm {
  private val Cantonese = "嘅咗唔喺嚟啲冇哋嗰嘢攞畀乜咁佢睇"
  private val CantoneseShare = 50
  private val First = '\u4e00'
  private val Last = '\u9fff'
  private val Simplified: Byte = 1
  private val Traditional: Byte = 2

  private lazy val kinds: Array[Byte] = {
    val toTraditional = Transliterator.getInstance("Simplified-Traditional")
    val toSimplified = Transliterator.getInstance("Traditional-Simplified")
    (First to Last).map { char =>
      val text = char.toString
      val changes = (toTraditional.transliterate(text) != text, toSimplified.transliterate(text) != text)
      changes match {
        case (true, false) => Simplified
        case (false, true) => Traditional
        case _ => 0.toByte
      }
    }.toArray
  }

  /** `cmn_Hans`, `cmn_Hant` or `yue_Hant`; null for a text without Chinese characters, or without one that tells. */
  def of(text: String): String = {
    var han, simplified, traditional, cantonese = 0
    var i = 0
    while (i < text.length) {
      val char = text.charAt(i)
      if (char >= First && char <= Last) {
        han += 1
        val kind = kinds(char - First)
        if (kind == Simplified) simplified += 1 else if (kind == Traditional) traditional += 1
        if (Cantonese.indexOf(char) >= 0) cantonese += 1
      }
      i += 1
    }
    if (cantonese > 0 && cantonese * CantoneseShare >= han) "yue_Hant"
    else if (simplified == traditional) null
    else if (simplified > traditional) "cmn_Hans"
    else "cmn_Hant"
  }
}
