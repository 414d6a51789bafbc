package org.decantry.text

/** Words and punctuation marks of languages with spaces between words, by the rules and exceptions that all languages of
  * spaCy share, and by a few that some have. The infixes are those of English, which add a hyphen between a digit and a
  * letter.
  */
private[text] object SpacedTokenizer {
  private val byRules: Map[AffixRules, RuledTokenizer] =
    (AffixRules.byLanguage.values.toSet + AffixRules.shared)
      .map(rules => rules -> new RuledTokenizer(SharedExceptions.all.map(Array(_)), rules))
      .toMap

  /** @param language ISO 639-1, or ISO 639-3 if it has no code there */
  def of(language: String): RuledTokenizer = byRules(AffixRules.byLanguage.getOrElse(language, AffixRules.shared))
}
