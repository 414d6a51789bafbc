package org.decantry.text

/** The form in which a Chinese text is written: simplified characters, traditional characters, or Cantonese.
  *
  * The more frequent kind of characters (`ChineseCharacters`) decides. A text is Cantonese if at least one of 50 Chinese
  * characters occurs only in written Cantonese. (This is a rule of thumb. In Cantonese prose it is about one in ten.)
  */
object ChineseForm {
  private val Cantonese = "嘅咗唔喺嚟啲冇哋嗰嘢攞畀乜咁佢睇"
  private val CantoneseShare = 50

  /** `cmn_Hans`, `cmn_Hant` or `yue_Hant`; null for a text without Chinese characters that belong to one form only. */
  def of(text: String): String = {
    var han, cantonese = 0
    var i = 0
    while (i < text.length) {
      val char = text.charAt(i)
      if (char >= ChineseCharacters.First && char <= ChineseCharacters.Last) {
        han += 1
        if (Cantonese.indexOf(char) >= 0) cantonese += 1
      }
      i += 1
    }
    val counts = ChineseCharacters.count(text)
    if (cantonese > 0 && cantonese * CantoneseShare >= han) "yue_Hant"
    else if (counts.simplifiedOnly == counts.traditional) null
    else if (counts.simplifiedOnly > counts.traditional) "cmn_Hans"
    else "cmn_Hant"
  }
}
