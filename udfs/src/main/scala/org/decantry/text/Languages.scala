package org.decantry.text

import com.ibm.icu.lang.UScript
import com.ibm.icu.util.ULocale
import java.util.concurrent.ConcurrentHashMap

/** What a language's label says about the words of a text. A label is as a language model writes it: `zh` (lid.176),
  * `cmn_Hani` (GlotLID, OpenLID), or a tag like `zh-Hant`.
  */
private[text] object Languages {

  /** More labels than any model has. */
  private val MostHeld = 8192
  private val held = new ConcurrentHashMap[String, Option[Cutting]]

  /** The cutting that the label names, by its language and its script. If it names none, that of the script of most of the
    * text's letters; there, without any label, Latin letters are cut as English.
    *
    * @param label null, or empty, or `und`, if the language is not known
    */
  def cutting(label: String, text: String): Cutting = {
    val unknown = label == null || label.isEmpty || label == "und" || label.startsWith("und_")
    val named = if (unknown) None else ofLabel(label)
    named.getOrElse(Script.of(text) match {
      case null | "Latn" => if (unknown) Cutting.English else Cutting.Spaces
      case script => Cutting.ofScript(script)
    })
  }

  private def ofLabel(label: String): Option[Cutting] = {
    val known = held.get(label)
    if (known != null) known
    else {
      if (held.size >= MostHeld) held.clear()
      val found = look(label)
      held.put(label, found)
      found
    }
  }

  private def look(label: String): Option[Cutting] = {
    val parts = label.split("[_-]").toSeq
    val language = parts.headOption.getOrElse("").toLowerCase(java.util.Locale.ROOT)
    val script = parts.drop(1).find(isScript).map(part => s"${part.head.toUpper}${part.tail.toLowerCase}")
      .orElse(likelyScript(language))
    if ((language == "en" || language == "eng") && script.forall(_ == "Latn")) Some(Cutting.English)
    else if (indicInArabic(language) && script.forall(_ == "Arab")) Some(Cutting.Indic)
    else script.map(Cutting.ofScript)
  }

  private def isScript(part: String): Boolean =
    part.length == 4 && !nameless(part.toLowerCase) && UScript.getCodeFromName(part) != UScript.INVALID_CODE

  /** Codes that name no script: common, inherited, unknown. */
  private val nameless = Set("zyyy", "zinh", "zzzz")

  /** The script in which most texts of the language are written, if ICU knows it. */
  private def likelyScript(language: String): Option[String] =
    Option(ULocale.addLikelySubtags(new ULocale(language)).getScript).filter(_.nonEmpty)

  /** Languages in Arabic letters that datatrove 0.10.1 cuts with the Indic NLP library. */
  private val indicInArabic = Set("ur", "urd", "sd", "snd", "ks", "kas", "pnb", "skr")
}
