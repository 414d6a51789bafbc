package org.decantry.text

/** Words and punctuation marks of languages with spaces between words, by the rules and exceptions that all languages of
  * spaCy share. The infixes are those of English, which add a hyphen between a digit and a letter.
  */
private[text] object SpacedTokenizer extends RuledTokenizer(SharedExceptions.all.map(Array(_)))
