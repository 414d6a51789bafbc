package org.decantry.text

import com.ibm.icu.text.Transliterator

/** Which Chinese characters are simplified, and which traditional, by ICU's tables (CLDR's Simplified-Traditional).
  *
  * A character is simplified if the table to traditional characters changes it and the table to simplified characters
  * does not; it is traditional in the opposite case. Most characters are neither.
  */
object ChineseCharacters {

  final case class Counts(simplifiedOnly: Int, traditional: Int)

  private[text] val First = '\u4e00'
  private[text] val Last = '\u9fff'
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

  /** How many characters of the text are simplified, and how many are traditional. */
  def count(text: String): Counts = {
    var simple, full = 0
    var i = 0
    while (i < text.length) {
      val char = text.charAt(i)
      if (char >= First && char <= Last) {
        val kind = kinds(char - First)
        if (kind == Simplified) simple += 1 else if (kind == Traditional) full += 1
      }
      i += 1
    }
    Counts(simple, full)
  }
}
