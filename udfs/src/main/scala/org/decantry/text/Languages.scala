package org.decantry.text

import com.ibm.icu.lang.UScript
import com.ibm.icu.util.ULocale
import java.util.Locale
import java.util.concurrent.ConcurrentHashMap

/** What a language's label says about the words of a text. A label is as a language model writes it: `zh` (lid.176),
  * `cmn_Hani` (GlotLID, OpenLID), or a tag like `zh-Hant`.
  */
private[text] object Languages {

  /** The size of the cache. It is larger than the number of any model's labels. */
  private val MostHeld = 8192
  private val held = new ConcurrentHashMap[String, Option[Cutting]]

  /** The cutting for the label's language and script. If the label names neither, the script of most letters decides. If
    * there is no label at all, Latin letters are cut as English.
    *
    * @param label null, or empty, or `und`, if the language is not known
    */
  def cutting(label: String, text: String): Cutting = {
    val unknown = label == null || label.isEmpty || label == "und" || label.startsWith("und_")
    val named = if (unknown) None else ofLabel(label)
    named.getOrElse(Script.of(text) match {
      case null | "Latn" => if (unknown) Cutting.english else Cutting.spaces
      case script => Cutting.of("und", script)
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
    val language = new ULocale(parts.headOption.getOrElse("").toLowerCase(Locale.ROOT)).getLanguage // cmn stays, deu is de
    val script = parts.drop(1).find(isScript).map(part => s"${part.head.toUpper}${part.tail.toLowerCase(Locale.ROOT)}")
    script.orElse(likelyScript(language)).map(Cutting.of(language, _))
  }

  private def isScript(part: String): Boolean =
    part.length == 4 && !nameless(part.toLowerCase(Locale.ROOT)) && UScript.getCodeFromName(part) != UScript.INVALID_CODE

  /** Codes that name no script: common, inherited, unknown. */
  private val nameless = Set("zyyy", "zinh", "zzzz")

  /** The script in which most texts of the language are written, if ICU knows it. */
  private def likelyScript(language: String): Option[String] =
    if (language.isEmpty) None
    else Option(ULocale.addLikelySubtags(new ULocale(language)).getScript).filter(_.nonEmpty)
}
