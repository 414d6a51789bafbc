package org.decantry.text

/** Korean words, cut at spaces, and then between Hangul and other characters, and before the particle or ending of a word, the
  * longest that is there: `학교에서` is `학교 에서`. FineWeb2's stop words for Korean are such particles, since it cuts
  * Korean into morphemes. No dictionary says whether the last syllable belongs to the noun.
  *
  * Source: the particles and endings are those of standard Korean, in any grammar (국립국어원, 한국어 문법).
  */
private[text] object KoreanTokenizer {
  private val Particles: Array[String] = """
    은 는 이 가 을 를 의 에 에서 에게 께 로 으로 와 과 도 만 부터 까지 보다 처럼 이나 나 라도 조차 마저 하고 며 이며 고 다 지 면 여 게 들 에는 에도
    으로서 으로써 에서는 에게서 이라는 라는 이라고 라고 던 서
  """.trim.split("\\s+").sortBy(-_.length)

  private val spaces = SpacedTokenizer.of("und")

  /** Fills `tokens` with the tokens of its own text. */
  def fill(tokens: Tokens): Unit = {
    spaces.fill(tokens)
    val (firsts, ends) = tokens.takeAll()
    var i = 0
    while (i < firsts.length) {
      var from = firsts(i)
      while (from < ends(i)) {
        val until = afterRun(tokens.chars, from, ends(i))
        val particle = if (isHangul(tokens.chars(from))) startOfParticle(tokens.chars, from, until) else until
        tokens.add(from, particle)
        if (particle < until) tokens.add(particle, until)
        from = until
      }
      i += 1
    }
  }

  /** The end of the characters that are Hangul as the first one is, or are not. */
  private def afterRun(chars: Array[Char], from: Int, until: Int): Int = {
    val hangul = isHangul(chars(from))
    var at = from + 1
    while (at < until && isHangul(chars(at)) == hangul) at += 1
    at
  }

  private def startOfParticle(chars: Array[Char], from: Int, until: Int): Int = {
    var i = 0
    while (i < Particles.length) {
      val start = until - Particles(i).length
      if (start >= from && endsWith(chars, start, Particles(i))) return if (start > from) start else until
      i += 1
    }
    until
  }

  private def endsWith(chars: Array[Char], start: Int, particle: String): Boolean = {
    var i = 0
    while (i < particle.length && chars(start + i) == particle.charAt(i)) i += 1
    i == particle.length
  }

  /** A syllable of Hangul. */
  private def isHangul(unit: Char): Boolean = unit >= '\uac00' && unit <= '\ud7a3'
}
