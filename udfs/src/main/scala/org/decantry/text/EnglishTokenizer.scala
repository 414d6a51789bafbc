package org.decantry.text

/** English words and punctuation marks, as in spaCy's blank `en` pipeline. One difference is known: spaCy fails on the word
  * `IS_ALPHA`, and datatrove then removes it from the text; here it is a word.
  */
private[text] object EnglishTokenizer extends RuledTokenizer(EnglishExceptions.all, AffixRules.shared)
