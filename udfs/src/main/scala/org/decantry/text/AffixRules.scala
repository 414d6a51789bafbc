package org.decantry.text

/** The rules in which spaCy's languages differ most.
  *
  * @param cutsHyphens  `a-b` is three tokens, not one
  * @param cutsRanges   `1-2` is three tokens, not one
  * @param cutsGenitive `a's` is two tokens, `a` and `'s`
  * @param cutsOrdinals `1.` is two tokens
  * @param cutsElisions `l'a` is two tokens, `l'` and `a`
  */
private[text] final case class AffixRules(
    cutsHyphens: Boolean = true,
    cutsRanges: Boolean = true,
    cutsGenitive: Boolean = true,
    cutsOrdinals: Boolean = true,
    cutsElisions: Boolean = false
)

private[text] object AffixRules {

  /** The rules of English, and of all languages without rules of their own. */
  val shared: AffixRules = AffixRules()

  private val joining = AffixRules(cutsHyphens = false, cutsRanges = false, cutsGenitive = false)
  private val counting = joining.copy(cutsOrdinals = false)
  private val eliding = AffixRules(cutsGenitive = false, cutsElisions = true)

  private def of(rules: AffixRules, languages: String): Seq[(String, AffixRules)] =
    languages.trim.split("\\s+").toSeq.map(_ -> rules)

  /** The rules by language: those that datatrove 0.10.1 cuts as spaCy cuts Dutch, Finnish, Portuguese, Romanian, Spanish,
    * Swedish; Danish, Hungarian, Norwegian; German; French, Italian, Ligurian; Catalan (assets/tokenizer_assignment.csv).
    */
  val byLanguage: Map[String, AffixRules] = Seq(
    of(joining, "nl gos li nds pdt vls zea fi fit fkv krl liv lud olo vep vot pt ro rup es an ast co ext lad mwl oc sc sv"),
    of(counting, "da hu nb nn no"),
    of(counting.copy(cutsRanges = true), "de bar gsw hrx swg"),
    of(eliding, "fr frp fur lld nrf nrm pcd rm wa it nap scn lij lmo pms vec"),
    of(eliding.copy(cutsHyphens = false), "ca")
  ).flatten.toMap
}
