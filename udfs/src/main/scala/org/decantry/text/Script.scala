package org.decantry.text

import com.ibm.icu.lang.UCharacter

/** The script of most letters of a text, as its ISO 15924 code. Equal to `tests/oracles/script.py`. */
object Script {
  private val Points = 0x32000
  private val KanaShare = 20

  /** From the first word of a letter's Unicode name to its script's code. MODIFIER letters have no script. */
  private val codes: Map[String, String] = Map(
    "LATIN" -> "Latn", "CYRILLIC" -> "Cyrl", "GREEK" -> "Grek", "ARABIC" -> "Arab", "HEBREW" -> "Hebr",
    "ARMENIAN" -> "Armn", "GEORGIAN" -> "Geor", "DEVANAGARI" -> "Deva", "BENGALI" -> "Beng", "GURMUKHI" -> "Guru",
    "GUJARATI" -> "Gujr", "ORIYA" -> "Orya", "TAMIL" -> "Taml", "TELUGU" -> "Telu", "KANNADA" -> "Knda",
    "MALAYALAM" -> "Mlym", "SINHALA" -> "Sinh", "THAI" -> "Thai", "LAO" -> "Laoo", "TIBETAN" -> "Tibt",
    "MYANMAR" -> "Mymr", "KHMER" -> "Khmr", "MONGOLIAN" -> "Mong", "ETHIOPIC" -> "Ethi", "CHEROKEE" -> "Cher",
    "CANADIAN" -> "Cans", "CJK" -> "Hani", "HIRAGANA" -> "Hira", "KATAKANA" -> "Kana", "HANGUL" -> "Hang",
    "BOPOMOFO" -> "Bopo", "SYRIAC" -> "Syrc", "THAANA" -> "Thaa", "NKO" -> "Nkoo", "TIFINAGH" -> "Tfng",
    "OL" -> "Olck", "YI" -> "Yiii", "VAI" -> "Vaii", "JAVANESE" -> "Java", "BALINESE" -> "Bali",
    "SUNDANESE" -> "Sund", "CHAM" -> "Cham", "MEETEI" -> "Mtei", "COPTIC" -> "Copt", "RUNIC" -> "Runr",
    "OGHAM" -> "Ogam", "GOTHIC" -> "Goth", "TAGALOG" -> "Tglg", "BUGINESE" -> "Bugi", "LIMBU" -> "Limb",
    "LISU" -> "Lisu", "SAMARITAN" -> "Samr", "MANDAIC" -> "Mand", "ADLAM" -> "Adlm", "FULLWIDTH" -> "Latn",
    "HALFWIDTH" -> "Kana", "MODIFIER" -> ""
  )
  private val names: Array[String] = "" +: (codes.values.toSet - "").toArray.sorted :+ "Zzzz"
  private val hani = names.indexOf("Hani")
  private val kana = Set("Hira", "Kana").map(names.indexOf(_))

  private lazy val classes: Array[Byte] = {
    val number = names.zipWithIndex.toMap
    val found = new Array[Byte](Points)
    var point = 0
    while (point < Points) {
      if (Unicode14.isAssigned(point) && UCharacter.isLetter(point)) {
        val word = Option(UCharacter.getName(point)).getOrElse("").takeWhile(c => c != ' ' && c != '-')
        found(point) = number(codes.getOrElse(word, "Zzzz")).toByte
      }
      point += 1
    }
    found
  }

  /** The code of the script with the most letters; of several, the first by code; null for a text without letters.
    *
    * Han with kana is Jpan, Han alone is Hani, as in FineWeb2 (arXiv:2506.20920).
    */
  def of(text: String): String = {
    val counts = new Array[Long](names.length)
    var i = 0
    while (i < text.length) {
      val point = text.codePointAt(i)
      if (point < Points) counts(classes(point)) += 1
      i += Character.charCount(point)
    }
    val kanas = kana.toSeq.map(counts(_)).sum
    val together = kanas + counts(hani)
    val japanese = kanas > 0 && kanas * KanaShare >= together
    var best: String = null
    var most = 0L
    def offer(name: String, n: Long): Unit =
      if (n > most || (n == most && n > 0 && name < best)) { best = name; most = n }
    for (at <- 1 until names.length if at != hani && !kana(at)) offer(names(at), counts(at))
    if (together > 0) offer(if (japanese) "Jpan" else "Hani", together)
    best
  }
}
