package org.decantry.text

/** Where a Thai text may be cut: between two clusters of characters that are written and read as one.
  *
  * Source: T. Theeramunkong et al., Character cluster based Thai information retrieval, IRAL 2000: a sign above, below or
  * behind a consonant stays with it, a vowel in front stays with its consonant, and a silenced consonant with what
  * comes before.
  */
private[text] object ThaiClusters {
  private val MaiHanAkat = '\u0e31'
  private val Thanthakhat = '\u0e4c'

  /** Whether there is a bound before the character at `at`, which is not the first. */
  def isBound(chars: Array[Char], at: Int, until: Int): Boolean =
    at >= until || {
      val (before, after) = (chars(at - 1), chars(at))
      !isDependent(after) && !(isConsonant(after) &&
        (isLeading(before) || before == MaiHanAkat || isSilenced(chars, at, until)))
    }

  /** ก to ฮ. */
  def isConsonant(unit: Char): Boolean = unit >= '\u0e01' && unit <= '\u0e2e'

  /** Vowels behind, above and below a consonant, tones and other signs. */
  private def isDependent(unit: Char): Boolean =
    (unit >= '\u0e30' && unit <= '\u0e3a') || unit == '\u0e45' || (unit >= '\u0e47' && unit <= '\u0e4e')

  /** Vowels that are written in front of the consonant, เ to ไ. */
  private def isLeading(unit: Char): Boolean = unit >= '\u0e40' && unit <= '\u0e44'

  /** Whether the consonant, or it and the next one, are silenced by thanthakhat, with or without a short vowel. */
  private def isSilenced(chars: Array[Char], at: Int, until: Int): Boolean = {
    var next = at + 1
    if (next < until && isConsonant(chars(next))) next += 1
    if (next < until && (chars(next) == '\u0e34' || chars(next) == '\u0e38' || chars(next) == '\u0e39')) next += 1
    next < until && chars(next) == Thanthakhat
  }
}
