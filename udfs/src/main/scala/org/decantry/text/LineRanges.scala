package org.decantry.text

/** The lines of a text that are kept so far, as ranges of its UTF-16 units. Lines end at a line feed. */
private[text] final class LineRanges(val chars: Array[Char]) {
  private var starts = new Array[Int](64)
  private var ends = new Array[Int](64)
  private var count = 0

  locally {
    var start = 0
    while (start <= chars.length) {
      var end = start
      while (end < chars.length && chars(end) != '\n') end += 1
      if (count == starts.length) {
        starts = java.util.Arrays.copyOf(starts, count * 2)
        ends = java.util.Arrays.copyOf(ends, count * 2)
      }
      starts(count) = start
      ends(count) = end
      count += 1
      start = end + 1
    }
  }

  /** Keeps the lines for which `keeps(start, end)` holds. */
  def keep(keeps: (Int, Int) => Boolean): Unit = {
    var kept = 0
    var i = 0
    while (i < count) {
      if (keeps(starts(i), ends(i))) {
        starts(kept) = starts(i)
        ends(kept) = ends(i)
        kept += 1
      }
      i += 1
    }
    count = kept
  }

  /** Removes white space and empty lines from both ends of the text, as `str.strip` of the joined lines does. */
  def strip(): Unit = {
    var first = 0
    while (first < count && PythonText.skipSpace(chars, starts(first), ends(first)) == ends(first)) first += 1
    while (count > first && PythonText.trimEnd(chars, starts(count - 1), ends(count - 1)) == starts(count - 1)) count -= 1
    if (first > 0) {
      System.arraycopy(starts, first, starts, 0, count - first)
      System.arraycopy(ends, first, ends, 0, count - first)
      count -= first
    }
    if (count > 0) {
      starts(0) = PythonText.skipSpace(chars, starts(0), ends(0))
      ends(count - 1) = PythonText.trimEnd(chars, starts(count - 1), ends(count - 1))
    }
  }

  /** The lines, joined by line feeds. */
  def text: String = {
    val joined = new java.lang.StringBuilder(chars.length)
    var i = 0
    while (i < count) {
      if (i > 0) joined.append('\n')
      joined.append(chars, starts(i), ends(i) - starts(i))
      i += 1
    }
    joined.toString
  }
}
