package org.decantry.text

/** The phrases that C4 searches in a line, ignoring case. */
private[text] object C4Phrases {
  final val LoremIpsum = 1
  final val JavaScript = 2
  final val CurlyBracket = 4
  final val Policy = 8

  private val phrases: Array[(String, Int)] = Array(
    "lorem ipsum" -> LoremIpsum,
    "javascript" -> JavaScript,
    "{" -> CurlyBracket,
    "terms of use" -> Policy,
    "privacy policy" -> Policy,
    "cookie policy" -> Policy,
    "uses cookies" -> Policy,
    "use of cookies" -> Policy,
    "use cookies" -> Policy
  )

  /** Phrases by their first character, of either case. */
  private val byFirst: Array[Array[Array[Char]]] =
    Array.tabulate(128)(c => phrases.collect { case (p, _) if p.head == Character.toLowerCase(c) => p.toCharArray })
  private val kinds: Array[Array[Int]] =
    Array.tabulate(128)(c => phrases.collect { case (p, kind) if p.head == Character.toLowerCase(c) => kind })

  /** The phrases in the range, as bits. */
  def find(chars: Array[Char], from: Int, until: Int): Int = {
    var found = 0
    var i = from
    while (i < until) {
      val unit = chars(i)
      if (unit < 128) {
        val candidates = byFirst(unit)
        var k = 0
        while (k < candidates.length) {
          if (isAt(candidates(k), chars, i, until)) found |= kinds(unit)(k)
          k += 1
        }
      }
      i += 1
    }
    found
  }

  /** Whether the first of the found phrases, in C4's order, drops only the line. */
  def dropsLine(found: Int): Boolean =
    (found & LoremIpsum) == 0 && ((found & JavaScript) != 0 || found == Policy)

  /** Whether the first of the found phrases, in C4's order, drops the page. */
  def dropsPage(found: Int): Boolean =
    (found & LoremIpsum) != 0 || (found & (JavaScript | CurlyBracket)) == CurlyBracket

  private def isAt(phrase: Array[Char], chars: Array[Char], at: Int, until: Int): Boolean =
    until - at >= phrase.length && {
      var i = 1
      while (i < phrase.length && lower(chars(at + i)) == phrase(i)) i += 1
      i == phrase.length
    }

  /** The lower case of a unit. Only one character that is not ASCII becomes ASCII, the Kelvin sign. The dotted capital I
    * becomes two characters, and no phrase has the second.
    */
  private def lower(unit: Char): Char =
    if (unit >= 'A' && unit <= 'Z') (unit + 32).toChar else if (unit == '\u212a') 'k' else unit
}
