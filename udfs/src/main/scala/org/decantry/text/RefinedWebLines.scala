package org.decantry.text

/** RefinedWeb's corrections of lines, and the share of words that they remove.
  *
  * Source: arXiv:2306.01116, G.2, as DCLM applies them (mlfoundations/dclm
  * baselines/baselines_configs/dclm_baseline_refinedweb.yaml and baselines/mappers/modifiers.py). In order: lines of which
  * more than half are capitals, lines of digits alone, counters, and lines of one word are dropped; then `items in cart`,
  * `Read more...` at the end and `Sign-in` at the beginning are cut out of lines of ten words or fewer. The text is
  * stripped after each of these but the fourth.
  */
object RefinedWebLines {

  final case class Result(
      text: String,
      wordsBefore: Int, // see MassiveWebQuality
      removedWordRatio: Double // 1 for a text without words
  )

  private val MostCapitals = 0.5
  private val MostDigits = 0.999999
  private val FewestWords = 2
  private val MostWords = 10
  private val phrases = Seq(
    new LinePhrase("items in cart", LinePhrase.Anywhere),
    new LinePhrase("read more...", LinePhrase.Suffix),
    new LinePhrase("sign-in", LinePhrase.Prefix)
  )

  def edit(text: String): Result = {
    val chars = text.toCharArray
    val before = MassiveWebQuality.countAlphanumeric(chars, chars.length)
    val lines = new LineRanges(chars)
    lines.keep((from, until) => share(chars, from, until)(PythonClasses.isUpper) <= MostCapitals)
    lines.strip()
    lines.keep((from, until) => share(chars, from, until)(PythonClasses.isDigit) <= MostDigits)
    lines.strip()
    lines.keep((from, until) => !CounterLine.is(chars, from, until))
    lines.strip()
    lines.keep((from, until) => from == until || words(chars, from, until) >= FewestWords)
    val edited = phrases.foldLeft(lines.text)((left, phrase) => cut(left, phrase))
    val units = edited.toCharArray
    val after = MassiveWebQuality.countAlphanumeric(units, units.length)
    Result(edited, before, if (before == 0 || edited.isEmpty) 1 else (before - after).toDouble / before)
  }

  /** The share of a line's code points that are of a class; 0 for an empty line. */
  private def share(chars: Array[Char], from: Int, until: Int)(is: Int => Boolean): Double = {
    var all, found = 0
    var i = from
    while (i < until) {
      val point = Character.codePointAt(chars, i, until)
      all += 1
      if (is(point)) found += 1
      i += Character.charCount(point)
    }
    if (all == 0) 0 else found.toDouble / all
  }

  /** The words of a line, separated by white space. */
  private def words(chars: Array[Char], from: Int, until: Int): Int = {
    var count = 0
    var i = PythonText.skipSpace(chars, from, until)
    while (i < until) {
      count += 1
      while (i < until && !PythonText.isSpace(chars(i))) i += 1
      i = PythonText.skipSpace(chars, i, until)
    }
    count
  }

  private def cut(text: String, phrase: LinePhrase): String = {
    val kept = new java.lang.StringBuilder(text.length)
    var first = true
    for (line <- text.split("\n", -1)) {
      val chars = line.toCharArray
      val left = if (words(chars, 0, chars.length) <= MostWords) phrase.cut(line) else line
      if (left != null) {
        if (!first) kept.append('\n')
        kept.append(left)
        first = false
      }
    }
    PythonText.strip(kept.toString)
  }
}
