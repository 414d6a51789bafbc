package org.decantry.text

/** What the tokenizer's rules need to know of one code point, as bits. The basic plane is a table; the rest, rare in
  * running text, is searched.
  */
private[text] object CharClasses {
  val Space = 1
  val Prefix = 1 << 1
  val Suffix = 1 << 2
  val Icon = 1 << 3
  val Lower = 1 << 4
  val Upper = 1 << 5
  val Alpha = 1 << 6
  val Quote = 1 << 7
  val Digit = 1 << 8
  val BeforeStop = 1 << 9
  val Infix = 1 << 10

  /** A run without any such character is one word, special cases apart. */
  val Active = 1 << 11

  private val sources: Seq[(String, Int)] = Seq(
    Alphabets.Uncased -> (Alpha | Lower | Upper | BeforeStop),
    Alphabets.LowerOnly -> (Alpha | Lower | BeforeStop),
    Alphabets.UpperOnly -> (Alpha | Upper),
    Alphabets.NeitherCase -> Alpha,
    Marks.Icons -> (Icon | Prefix | Suffix | Infix | Active),
    Marks.Quotes -> (Quote | Prefix | Suffix | BeforeStop | Active),
    Marks.Punctuation -> (Prefix | Suffix | BeforeStop | Active),
    Marks.Currencies -> (Prefix | Active),
    Marks.PrefixOnly -> (Prefix | Active),
    Marks.Dashes -> (Prefix | Suffix | Active),
    Marks.BeforeFullStop -> BeforeStop,
    Marks.Infixes -> (Infix | Active),
    "2026" -> Infix,
    "30-39" -> (Digit | BeforeStop | Active),
    "D800-DFFF" -> Active,
    Marks.Spaces -> Space
  )

  private val ranges: Array[(Int, Int, Int, Int)] =
    for {
      (list, bits) <- sources.toArray
      (first, last, step) <- parse(list)
    } yield (first, last, step, bits)

  private def parse(list: String): Array[(Int, Int, Int)] =
    list.trim.split("\\s+").map { item =>
      val Array(bounds, step) = (item + "/1").split("/").take(2)
      val ends = bounds.split("-").map(Integer.parseInt(_, 16))
      (ends.head, ends.last, step.toInt)
    }

  /** The code points of a list in `Alphabets`' notation. */
  def points(list: String): Seq[Int] =
    parse(list).toSeq.flatMap { case (first, last, step) => first to last by step }

  private val basic: Array[Short] = {
    val table = new Array[Short](0x10000)
    for ((first, last, step, bits) <- ranges if last < 0x10000; c <- first to last by step)
      table(c) = (table(c) | bits).toShort
    table
  }

  private val beyond: Array[(Int, Int, Int)] =
    ranges.collect { case (first, last, _, bits) if first >= 0x10000 => (first, last, bits) }

  /** The bits of a UTF-16 unit; half of a pair is Active and nothing else. */
  def ofUnit(unit: Char): Int = basic(unit)

  /** The bits of a code point. */
  def of(codePoint: Int): Int =
    if (codePoint < 0x10000) basic(codePoint)
    else {
      var bits = 0
      var i = 0
      while (i < beyond.length) {
        val (first, last, more) = beyond(i)
        if (codePoint >= first && codePoint <= last) bits |= more
        i += 1
      }
      bits
    }

  /** The bits of the code point that starts at `at`; 0 when `at` is not before `until`. */
  def following(chars: Array[Char], at: Int, until: Int): Int =
    if (at >= until) 0
    else {
      val unit = chars(at)
      if (Character.isHighSurrogate(unit)) of(Character.codePointAt(chars, at, until)) else basic(unit)
    }

  /** The bits of the code point that ends just before `at`; 0 when `at` is not after `from`. */
  def preceding(chars: Array[Char], at: Int, from: Int): Int =
    if (at <= from) 0
    else {
      val unit = chars(at - 1)
      if (Character.isLowSurrogate(unit)) of(Character.codePointBefore(chars, at, from)) else basic(unit)
    }
}
