package org.decantry.text

import com.ibm.icu.lang.{UCharacter, UProperty}

/** Shares of the characters of a text, as NeMo Curator's heuristic filters compute them.
  *
  * Source: NVIDIA-NeMo/Curator, nemo_curator/filters/heuristic_filter.py and utils/constants.py at 197963ae: NonAlphaNumeric,
  * Numbers, Urls, WhiteSpace, Parentheses.
  */
object CuratorCharacters {

  final case class Shares(
      nonAlphanumeric: Double, // all but ASCII letters and digits, line feeds and four marks: spaces are among them
      numbers: Double, // ASCII digits
      urls: Double,
      whiteSpace: Double,
      parentheses: Double
  )

  /** All 1 for an empty text. */
  def measure(text: String): Shares = {
    val all = PythonText.length(text)
    if (all == 0) Shares(1, 1, 1, 1, 1)
    else {
      var alphanumeric, numbers, white, parentheses = 0
      var i = 0
      while (i < text.length) {
        val unit = text.charAt(i)
        if (AsciiAlphanumeric(unit) || "\n?!,.".indexOf(unit.toInt) >= 0) alphanumeric += 1
        if (unit >= '0' && unit <= '9') numbers += 1
        if ("\t\n\r\b ".indexOf(unit.toInt) >= 0) white += 1
        if ("{}⟨⟩[]()".indexOf(unit.toInt) >= 0) parentheses += 1
        i += 1
      }
      def share(part: Int): Double = part.toDouble / all
      Shares(share(all - alphanumeric), share(numbers), share(inUrls(text)), share(white), share(parentheses))
    }
  }

  private def inUrls(text: String): Int = {
    var total = 0
    var at = text.indexOf("http")
    while (at >= 0) {
      val scheme = if (text.startsWith("http://", at)) 7 else if (text.startsWith("https://", at)) 8 else 0
      var end = at + scheme
      while (scheme > 0 && end < text.length && inUrl(text.charAt(end))) end += 1
      if (scheme > 0 && end > at + scheme) total += end - at else end = at + 1
      at = text.indexOf("http", end)
    }
    total
  }

  /** The peer's character class contains the range from the dollar sign to the underscore, and so most marks. */
  private def inUrl(unit: Char): Boolean = (unit >= '$' && unit <= '_') || (unit >= 'a' && unit <= 'z') || unit == '!'

  /** `[[:alpha:]]`: the property Alphabetic. */
  def isAlphabetic(point: Int): Boolean =
    if (point < 0x80) PythonText.isAlpha(point) else UCharacter.hasBinaryProperty(point, UProperty.ALPHABETIC)
}
