package org.decantry.text

import java.util.HashSet

/** Measurements of the lines and paragraphs of a text, as NeMo Curator's heuristic filters take them.
  *
  * Source: NVIDIA-NeMo/Curator, nemo_curator/filters/heuristic_filter.py and utils/constants.py at 197963ae: BoilerPlateString,
  * RepeatedLines, RepeatedParagraphs, both of these by characters, Punctuation, Ellipsis, Bullets. Lines of white space
  * alone do not count, empty paragraphs do. Three of the peer's phrases of boilerplate, which are whole paragraphs of
  * cookie banners, are not searched for.
  */
object CuratorLines {

  final case class Shares(
      boilerplate: Double, // of paragraphs; 1 with `lorem ipsum`
      uniqueLines: Double,
      uniqueParagraphs: Double,
      uniqueLineCharacters: Double,
      uniqueParagraphCharacters: Double,
      unpunctuatedLines: Double,
      ellipsisLines: Double,
      bulletLines: Double
  )

  private val phrases = Seq("terms of use", "privacy policy", "cookie policy", "uses cookies", "privacy overview",
    "use of cookies", "use cookies", "privacy & cookies policy", "privacy and cookies policy")
  private val ellipses = Seq("...", "[...]", "…", "(...)", "[…]", "-»", "read more..", "read more")
  private val bullets = "•‣⁃⁌⁍∙○●◘◦⦾⦿"

  /** Shares of nothing are 1 where they are of what is unique, else 0. */
  def measure(text: String): Shares = {
    val paragraphs = text.split("\n\n", -1)
    val lines = text.split("\n", -1).filter(line => PythonText.skipSpace(line, 0, line.length) < line.length)
    val stripped = lines.map(PythonText.strip)
    Shares(
      if (lower(text).contains("lorem ipsum")) 1 else share(paragraphs.count(isBoilerplate), paragraphs.length),
      unique(lines, _ => 1),
      unique(paragraphs, _ => 1),
      unique(lines, PythonText.length),
      unique(paragraphs, PythonText.length),
      share(stripped.count(line => ".?!\"'".indexOf(line.last.toInt) < 0), lines.length),
      share(stripped.count { line => val l = lower(line); ellipses.exists(l.endsWith) }, lines.length),
      share(stripped.count(line => bullets.indexOf(line.head.toInt) >= 0), lines.length)
    )
  }

  private def isBoilerplate(paragraph: String): Boolean = {
    val found = lower(paragraph)
    phrases.exists(found.contains(_))
  }

  private def lower(text: String): String = text.toLowerCase(java.util.Locale.ROOT)

  private def share(part: Int, whole: Int): Double = if (whole == 0) 0 else part.toDouble / whole

  /** The share of the distinct pieces' weight in the weight of all pieces. */
  private def unique(pieces: Array[String], weight: String => Int): Double = {
    val seen = new HashSet[String](pieces.length * 2)
    var all, once = 0L
    for (piece <- pieces) {
      all += weight(piece)
      if (seen.add(piece)) once += weight(piece)
    }
    if (all == 0) 1 else once.toDouble / all
  }
}
