package org.decantry.text

import java.nio.charset.StandardCharsets.UTF_8

/** How many characters of a text are Simplified alone, and how many are Traditional.
  *
  * Source: mtkresearch/fineweb-zhtw src/1_filter_lang.py, which makes the two sets of the tables of OpenCC (Apache License
  * 2.0). Characters of both ways of writing, such as those that one simplification shares with another word, are not
  * Simplified alone.
  */
object ChineseCharacters {

  final case class Counts(simplifiedOnly: Int, traditional: Int)

  private val simplified = read("simplified-only.txt")
  private val traditional = read("traditional.txt")

  def count(text: String): Counts = {
    var simple, full = 0
    var i = 0
    while (i < text.length) {
      val point = text.codePointAt(i)
      if (point >= 0x2e80) {
        if (simplified.get(point)) simple += 1
        if (traditional.get(point)) full += 1
      }
      i += Character.charCount(point)
    }
    Counts(simple, full)
  }

  private def read(name: String): java.util.BitSet = {
    val stream = getClass.getResourceAsStream(s"/org/decantry/text/$name")
    try {
      val points = new java.util.BitSet
      new String(stream.readAllBytes(), UTF_8).codePoints.filter(_ != '\n').forEach(points.set(_))
      points
    } finally stream.close()
  }
}
