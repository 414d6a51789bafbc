package org.decantry.text

/** How a text is cut into words. */
private[text] sealed trait Cutting

private[text] object Cutting {

  /** By spaCy's English rules. */
  case object English extends Cutting

  /** At spaces, with punctuation split off: spaCy's rules that all its languages share. */
  case object Spaces extends Cutting

  /** At spaces and at the punctuation of the scripts of South Asia. */
  case object Indic extends Cutting

  /** By ICU's dictionaries, for scripts without spaces between words. */
  case object Dictionary extends Cutting

  /** The cutting of a script; null if the script is null.
    *
    * @param script an ISO 15924 code
    */
  def ofScript(script: String): Cutting =
    if (script == null) null
    else if (dictionary(script)) Dictionary
    else if (indic(script)) Indic
    else Spaces

  /** Tibetan has no dictionary in ICU: Unicode's rules cut it into syllables. */
  private val dictionary =
    Set("Hani", "Hans", "Hant", "Bopo", "Jpan", "Hira", "Kana", "Hrkt", "Thai", "Laoo", "Khmr", "Mymr", "Tibt")

  /** The scripts of languages that datatrove 0.10.1 cuts with the Indic NLP library (assets/tokenizer_assignment.csv). */
  private val indic =
    Set("Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Mtei", "Olck")
}
