package org.decantry.text

/** The classes of a code point in the tokenizer's rules, as bits. The rules have no code point beyond plane 2. */
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

  /** A run without any such character is one word, unless it is a special case. */
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

  private def parse(list: String): Array[(Int, Int, Int)] =
    list.trim.split("\\s+").map { item =>
      val Array(bounds, step) = (item + "/1").split("/").take(2)
      val ends = bounds.split("-").map(Integer.parseInt(_, 16))
      (ends.head, ends.last, step.toInt)
    }

  /** The code points of a list in `Alphabets`' notation. */
  def points(list: String): Seq[Int] =
    parse(list).toSeq.flatMap { case (first, last, step) => first to last by step }

  private val table: Array[Short] = {
    val bits = new Array[Short](0x30000)
    for ((list, more) <- sources; point <- points(list)) bits(point) = (bits(point) | more).toShort
    bits
  }

  /** The bits of a UTF-16 unit. A surrogate is only Active. */
  def ofUnit(unit: Char): Int = table(unit)

  /** The bits of a code point. */
  def of(codePoint: Int): Int = if (codePoint < table.length) table(codePoint) else 0

  /** The bits of the code point that starts at `at`; 0 if `at` is not before `until`. */
  def following(chars: Array[Char], at: Int, until: Int): Int =
    if (at >= until) 0
    else {
      val unit = chars(at)
      if (Character.isHighSurrogate(unit)) of(Character.codePointAt(chars, at, until)) else table(unit)
    }

  /** The bits of the code point that ends just before `at`; 0 if `at` is not after `from`. */
  def preceding(chars: Array[Char], at: Int, from: Int): Int =
    if (at <= from) 0
    else {
      val unit = chars(at - 1)
      if (Character.isLowSurrogate(unit)) of(Character.codePointBefore(chars, at, from)) else table(unit)
    }
}
