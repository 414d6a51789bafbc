package org.decantry.text

/** Wikipedia's marks: `[12]`, `[]`, `[edit]` and `[citation needed]`; digits may be of any script. */
private[text] object Citations {

  private val Edit = "[edit]".toCharArray
  private val Needed = "[citation needed]".toCharArray

  /** The range without such marks; null if it has none. */
  def removed(chars: Array[Char], from: Int, until: Int): Array[Char] = {
    var out: Array[Char] = null
    var length = 0
    var start = from
    var i = from
    while (i < until) {
      val end = if (chars(i) == '[') endOf(chars, i, until) else -1
      if (end < 0) i += 1
      else {
        if (out == null) out = new Array[Char](until - from)
        System.arraycopy(chars, start, out, length, i - start)
        length += i - start
        start = end
        i = end
      }
    }
    if (out == null) null
    else {
      System.arraycopy(chars, start, out, length, until - start)
      java.util.Arrays.copyOf(out, length + until - start)
    }
  }

  /** The end of the mark that starts at `at`; -1 if there is none. */
  private def endOf(chars: Array[Char], at: Int, until: Int): Int = {
    var i = at + 1
    while (i < until && PythonText.isDigit(Character.codePointAt(chars, i, until)))
      i += (if (Character.isHighSurrogate(chars(i))) 2 else 1)
    if (i < until && chars(i) == ']') i + 1
    else if (isAt(Edit, chars, at, until)) at + Edit.length
    else if (isAt(Needed, chars, at, until)) at + Needed.length
    else -1
  }

  private def isAt(mark: Array[Char], chars: Array[Char], at: Int, until: Int): Boolean =
    until - at >= mark.length && java.util.Arrays.equals(chars, at, at + mark.length, mark, 0, mark.length)
}
