package org.decantry.text

import java.nio.charset.{Charset, StandardCharsets}

/** Repairs UTF-8 that was decoded as Windows-1252 or Latin-1, and removes control characters and terminal escapes.
  *
  * A run of characters is decoded again if its bytes are UTF-8 and if people do not write such characters (see `isSure`),
  * or if two or more such characters stand together. Text that was decoded wrongly twice is repaired twice.
  */
object RepairText {
  private val MostTimes = 3
  private val windows = Charset.forName("windows-1252")

  /** Marks that people write directly behind a letter, and behind such a mark. */
  private val marksBehind = "…–—’”“‘"
  private val marksBehindMarks = marksBehind + "›»"

  /** The bytes of the characters of Windows-1252 that are not in Latin-1. */
  private val specials: Map[Char, Int] =
    (0x80 to 0x9f).map(byte => meant(byte.toChar) -> byte).filter(_._1 != '\ufffd').toMap

  def repair(text: String): String = {
    var current = Controls.remove(text)
    var times = 0
    var next = decode(current)
    while (next != current && times < MostTimes) {
      current = next
      times += 1
      next = decode(current)
    }
    withoutC1(if (times > 0) Controls.remove(current) else current)
  }

  /** The character of Windows-1252 with the byte of this Latin-1 control character; U+FFFD if there is none. */
  private def meant(control: Char): Char = new String(Array(control.toByte), windows).charAt(0)

  /** The byte of a character, or -1 if neither Windows-1252 nor Latin-1 has it. */
  private def byteOf(char: Char): Int = if (char < 256) char else specials.getOrElse(char, -1)

  private def decode(text: String): String = {
    var out: java.lang.StringBuilder = null
    var copied = 0
    var i = 0
    while (i < text.length) {
      val end = if (isLead(text.charAt(i))) runEnd(text, i) else -1
      if (end < 0) i += 1
      else {
        if (out == null) out = new java.lang.StringBuilder(text.length)
        out.append(text, copied, i).append(decoded(text, i, end))
        copied = end
        i = end
      }
    }
    if (out == null) text else out.append(text, copied, text.length).toString
  }

  private def isLead(char: Char): Boolean = char >= 0xc2 && char <= 0xf4

  /** The end of the run of wrongly decoded characters that begins at `from`; -1 if these characters are correct. */
  private def runEnd(text: String, from: Int): Int = {
    var end = from
    var characters = 0
    var sure = false
    var next = characterEnd(text, end)
    while (next > 0) {
      sure |= isSure(text, end, next)
      characters += 1
      end = next
      next = characterEnd(text, end)
    }
    if (sure || characters > 1) end else -1
  }

  /** Whether one character alone shows that the text was decoded wrongly. `â€` and the like do, and so does a capital of
    * U+00C2 to U+00C5 before another sign, or before a mark with a letter behind it, as in `Ã–l`. A letter before a
    * no-break space or a quotation mark does not, as in French; nor do `â…”`, which may end a quotation, `Å²`, and `ÃŒ`,
    * which may be Latin-9's.
    */
  private def isSure(text: String, from: Int, until: Int): Boolean = {
    val lead = text.charAt(from)
    val second = text.charAt(from + 1)
    if (until - from > 2)
      (lead == 'â' && !isQuote(second) && !areMarksBehind(second, text.charAt(from + 2))) ||
      !(from + 1 until until).exists(i => isMark(text.charAt(i)))
    else if (lead > 0xc5 || lead == 'Ã' && second == 'Œ' || lead > 'Ã' && "²³¹°".indexOf(second) >= 0) false
    else if (second == '\u00a0') lead == 'Â'
    else !isMark(second) || (until < text.length && Character.isLetter(text.charAt(until)))
  }

  private def isQuote(char: Char): Boolean = char == '\u00a0' || char == '«' || char == '»'

  /** Whether both may follow a letter in a correctly decoded text, such as `…”`. */
  private def areMarksBehind(first: Char, second: Char): Boolean =
    marksBehind.indexOf(first) >= 0 && (marksBehindMarks.indexOf(second) >= 0 || (first == '…' && second == '\u00a0'))

  private def isMark(char: Char): Boolean =
    isQuote(char) || (char >= '\u2013' && char <= '\u203a')

  /** The end of the one character whose bytes begin at `from`; -1 if the bytes are not UTF-8. */
  private def characterEnd(text: String, from: Int): Int = {
    val lead = if (from < text.length) text.charAt(from) else 0
    val length = if (!isLead(lead.toChar)) 0 else if (lead < 0xe0) 2 else if (lead < 0xf0) 3 else 4
    if (length == 0 || from + length > text.length) return -1
    var i = from + 1
    while (i < from + length) {
      val byte = byteOf(text.charAt(i))
      if (byte < 0x80 || byte > 0xbf) return -1
      i += 1
    }
    val second = byteOf(text.charAt(from + 1))
    val overlong = lead == 0xe0 && second < 0xa0 || lead == 0xf0 && second < 0x90
    val beyond = lead == 0xed && second > 0x9f || lead == 0xf4 && second > 0x8f
    if (overlong || beyond) -1 else from + length
  }

  private def decoded(text: String, from: Int, until: Int): String = {
    val bytes = new Array[Byte](until - from)
    for (i <- bytes.indices) bytes(i) = byteOf(text.charAt(from + i)).toByte
    new String(bytes, StandardCharsets.UTF_8)
  }

  /** The text with the controls U+0080 to U+009F replaced by the characters of Windows-1252 with the same bytes, or removed. */
  private def withoutC1(text: String): String = {
    def isC1(char: Char): Boolean = char >= '\u0080' && char <= '\u009f'
    var i = 0
    while (i < text.length && !isC1(text.charAt(i))) i += 1
    if (i == text.length) return text
    val out = new java.lang.StringBuilder(text.length).append(text, 0, i)
    while (i < text.length) {
      val char = text.charAt(i)
      val instead = if (isC1(char)) meant(char) else char
      if (instead != '\ufffd' || char == '\ufffd') out.append(instead)
      i += 1
    }
    out.toString
  }
}
