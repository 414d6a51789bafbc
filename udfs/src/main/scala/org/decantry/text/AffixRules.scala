package org.decantry.text

/** Where the languages of spaCy differ most in what they cut.
  *
  * @param cutsHyphens  `a-b` is three tokens, not one
  * @param cutsGenitive `a's` is two tokens, `a` and `'s`
  * @param cutsElisions `l'a` is two tokens, `l'` and `a`
  */
private[text] final case class AffixRules(cutsHyphens: Boolean, cutsGenitive: Boolean, cutsElisions: Boolean)

private[text] object AffixRules {

  /** English, and what languages without rules of their own share. */
  val shared: AffixRules = AffixRules(cutsHyphens = true, cutsGenitive = true, cutsElisions = false)

  /** German and others that join words with hyphens. */
  val joining: AffixRules = AffixRules(cutsHyphens = false, cutsGenitive = false, cutsElisions = false)

  /** French and Italian. */
  val eliding: AffixRules = AffixRules(cutsHyphens = true, cutsGenitive = false, cutsElisions = true)

  /** Catalan. */
  val joiningAndEliding: AffixRules = AffixRules(cutsHyphens = false, cutsGenitive = false, cutsElisions = true)
}
