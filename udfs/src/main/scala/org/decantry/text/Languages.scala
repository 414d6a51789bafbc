package org.decantry.text

import com.ibm.icu.util.ULocale

/** Language codes as the language models write them: `en` (lid.176), `eng` or `eng_Latn` (GlotLID and the like). */
private[text] object Languages {

  def isEnglish(code: String): Boolean =
    code == "en" || code == "eng" || code.startsWith("en_") || code.startsWith("eng_")

  /** ICU's locale for a code; ICU uses its root rules for languages that it does not know. */
  def locale(code: String): ULocale = new ULocale(code)
}
