package org.decantry.text

/** How a text is cut into words. */
private[text] sealed trait Cutting {

  /** Whether the words have spaces between them. */
  def spaced: Boolean = true
}

private[text] object Cutting {

  /** By spaCy's rules: at spaces, with punctuation split off. */
  final case class Ruled(tokenizer: RuledTokenizer) extends Cutting

  /** At spaces and at the punctuation of the scripts of South Asia. */
  case object Indic extends Cutting

  /** At spaces and before particles. */
  case object Korean extends Cutting

  /** By Unicode's rules and ICU's dictionaries, for scripts without spaces between words. */
  case object Icu extends Cutting {
    override def spaced: Boolean = false
  }

  /** As `Icu`, with ASCII cut into letters, numbers and marks. */
  case object Japanese extends Cutting {
    override def spaced: Boolean = false
  }

  /** By a dictionary with frequencies and a model, as jieba. */
  case object Chinese extends Cutting {
    override def spaced: Boolean = false
  }

  /** By maximal matching with a dictionary. */
  case object Thai extends Cutting {
    override def spaced: Boolean = false
  }

  val english: Cutting = Ruled(EnglishTokenizer)
  val spaces: Cutting = Ruled(SpacedTokenizer.of("und"))

  /** The cutting of a language, from its code and its script, neither of which is empty.
    *
    * @param language ISO 639-1, or ISO 639-3 if it has no code there
    * @param script   ISO 15924
    */
  def of(language: String, script: String): Cutting =
    if (script == "Thai") Thai
    else if (script == "Hang" || script == "Kore") Korean
    else if (chinese(script)) Chinese
    else if (japanese(script)) Japanese
    else if (icu(script)) Icu
    else if (indic(script) || (script == "Arab" && indicInArabic(language))) Indic
    else if (language == "en" && script == "Latn") english
    else Ruled(SpacedTokenizer.of(if (script == "Latn") language else "und"))

  private def list(codes: String): Set[String] = codes.trim.split("\\s+").toSet

  /** Tibetan has no dictionary in ICU: Unicode's rules cut it into syllables. Ethiopic has spaces, but spaCy's rules do not
    * know its punctuation.
    */
  private val icu = list("Bopo Laoo Khmr Mymr Tibt Ethi")
  private val chinese = list("Hani Hans Hant")
  private val japanese = list("Jpan Hira Kana Hrkt")

  // Those that datatrove 0.10.1 cuts with the Indic NLP library (assets/tokenizer_assignment.csv).
  private val indic = list("Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Mtei Olck")
  private val indicInArabic = list("ur sd ks pnb skr")
}
