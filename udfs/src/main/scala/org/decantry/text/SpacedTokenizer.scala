package org.decantry.text

/** Words and punctuation marks of languages with spaces between words, by the rules and exceptions that all languages of
  * spaCy share. The infixes are those of English, which add a hyphen between a digit and a letter.
  */
private[text] object SpacedTokenizer {
  private val exceptions = SharedExceptions.all.map(Array(_))

  val shared: RuledTokenizer = new RuledTokenizer(exceptions, AffixRules.shared)
  val joining: RuledTokenizer = new RuledTokenizer(exceptions, AffixRules.joining)
  val eliding: RuledTokenizer = new RuledTokenizer(exceptions, AffixRules.eliding)
  val joiningAndEliding: RuledTokenizer = new RuledTokenizer(exceptions, AffixRules.joiningAndEliding)
}
