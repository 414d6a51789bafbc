package org.decantry.text

/** Thai words by maximal matching: of all ways to cut a stretch into words of the dictionary, one with the fewest words. A cut
  * stands between clusters (ThaiClusters). A stretch ends where all ways meet, so the time is linear in the text. What is
  * in no dictionary is one token up to where a word begins. Of other scripts, letters, numbers and runs of marks are
  * tokens.
  *
  * Source: the algorithm is that of newmm (PyThaiNLP, K. Chaovavanich), as its documentation describes it: maximal matching
  * over Thai character clusters; of equally short ways, the first by breadth-first search.
  */
private[text] final class ThaiTokenizer(dictionary: ThaiDictionary) {

  /** Fills `tokens` with the tokens of its own text. */
  def fill(tokens: Tokens): Unit = new Matching(tokens).run()

  private final class Matching(tokens: Tokens) {
    private val chars = tokens.chars
    private val size = tokens.charCount
    private val reached = new Array[Boolean](size + 1)

    /** The ends of the words that begin at a position, from `starts(position - from)` on; positions in ascending order. */
    private val edges = new IntBuffer
    private val starts = new IntBuffer
    private val queue = new IntBuffer
    private val parents = new IntBuffer

    def run(): Unit = {
      var from = 0
      while (from < size) {
        val meeting = explore(from)
        if (meeting > from) emit(from, meeting)
        from = if (meeting > from) meeting else unknown(from)
      }
    }

    /** The first position after `from` where all ways meet; `from` if no word begins there. */
    private def explore(from: Int): Int = {
      edges.clear()
      starts.clear()
      var (at, open) = (from, 1)
      while (true) {
        while (starts.length <= at - from) starts.push(edges.length)
        open -= 1
        dictionary.prefixes(chars, at, size) { end =>
          if (ThaiClusters.isBound(chars, end, size)) {
            edges.push(end)
            if (!reached(end)) {
              reached(end) = true
              open += 1
            }
          }
        }
        if (open == 0) return from
        at += 1
        while (!reached(at)) at += 1
        if (open == 1) {
          while (starts.length <= at - from) starts.push(edges.length)
          forget(from, at)
          return at
        }
      }
      from
    }

    private def forget(from: Int, until: Int): Unit = java.util.Arrays.fill(reached, from, until + 1, false)

    /** Adds the words of the shortest way. */
    private def emit(from: Int, until: Int): Unit =
      if (starts.length < 2 || edges(starts(1) - 1) == until) add(from, until)
      else {
        queue.clear()
        parents.clear()
        queue.push(from)
        parents.push(-1)
        var (head, found) = (0, -1)
        while (found < 0) {
          val at = queue(head) - from
          var edge = starts(at)
          while (found < 0 && edge < starts(at + 1)) {
            val end = edges(edge)
            if (end <= until && !reached(end)) {
              reached(end) = true
              queue.push(end)
              parents.push(head)
              if (end == until) found = queue.length - 1
            }
            edge += 1
          }
          head += 1
        }
        forget(from, until)
        addWay(found)
      }

    private def addWay(last: Int): Unit = {
      starts.clear()
      var at = last
      while (at >= 0) {
        starts.push(queue(at))
        at = parents(at)
      }
      var i = starts.length - 1
      while (i > 0) {
        add(starts(i), starts(i - 1))
        i -= 1
      }
    }

    /** Adds what is in no dictionary, and returns its end. */
    private def unknown(from: Int): Int = {
      var end = ThaiTokenizer.foreign(chars, from, size)
      if (end == from) {
        end = from + 1
        while (end < size && !(ThaiClusters.isBound(chars, end, size) && begins(end))) end += 1
      }
      add(from, end)
      end
    }

    /** Whether a word of more than two consonants begins here, or something that is not Thai. */
    private def begins(from: Int): Boolean = {
      var found = ThaiTokenizer.foreign(chars, from, size) > from
      if (!found)
        dictionary.prefixes(chars, from, size) { end =>
          if (!found && ThaiClusters.isBound(chars, end, size)) found = end - from > 2 || !areConsonants(from, end)
        }
      found
    }

    private def areConsonants(from: Int, until: Int): Boolean =
      ThaiClusters.isConsonant(chars(from)) && ThaiClusters.isConsonant(chars(until - 1))

    private def add(from: Int, until: Int): Unit = {
      val first = PythonText.skipSpace(chars, from, until)
      if (first < until) tokens.add(first, PythonText.trimEnd(chars, first, until))
    }
  }
}

private[text] object ThaiTokenizer {
  lazy val ofTheJar: ThaiTokenizer = new ThaiTokenizer(ThaiDictionary.ofTheJar)

  /** The end of what is not Thai: a word of Latin letters and hyphens, a number with its marks, white space, or a run of other
    * characters up to white space or Thai. `from` if a Thai character stands there.
    */
  private def foreign(chars: Array[Char], from: Int, until: Int): Int = {
    def end(at: Int)(goesOn: Char => Boolean): Int = {
      var i = at
      while (i < until && goesOn(chars(i))) i += 1
      i
    }
    val first = chars(from)
    if (isLatin(first)) end(from)(isLatin)
    else if (Character.isDigit(first)) number(chars, from, until)
    else if (isSpace(first)) end(from)(isSpace)
    else end(from)(unit => !isThai(unit) && !isSpace(unit))
  }

  private def number(chars: Array[Char], from: Int, until: Int): Int = {
    var at = from + 1
    while (
      at < until && (Character.isDigit(chars(at)) ||
        (".,:".indexOf(chars(at).toInt) >= 0 && at + 1 < until && Character.isDigit(chars(at + 1))))
    ) at += 1
    at
  }

  private def isLatin(unit: Char): Boolean = (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z' || unit == '-'

  private def isSpace(unit: Char): Boolean = unit == ' ' || unit == '\t' || unit == '\r' || unit == '\n'

  private def isThai(unit: Char): Boolean = unit >= '\u0e00' && unit <= '\u0e7f'
}
