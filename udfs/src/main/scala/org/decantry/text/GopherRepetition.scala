package org.decantry.text

/** How much of a text is repeated: paragraphs, lines, the most frequent n-gram, and n-grams seen before.
  *
  * Source: arXiv:2112.11446, table A1, as datatrove 0.10.1 computes it (pipeline/filters/gopher_repetition_filter.py):
  * shares are of the text's length in code points, white space included.
  */
object GopherRepetition {

  final case class Measurements(
      characters: Int,
      dupParaFrac: Double,
      dupParaCharFrac: Double,
      dupLineFrac: Double,
      dupLineCharFrac: Double,
      topNGram: Array[Double], // of 2, 3 and 4 words
      duplicatedNGrams: Array[Double] // of 5 to 10 words
  )

  def measure(text: String): Measurements = {
    val characters = PythonText.length(text)
    if (characters == 0) Measurements(0, 0, 0, 0, 0, new Array(3), new Array(6))
    else {
      val chars = text.toCharArray
      val start = PythonText.skipSpace(text, 0, text.length)
      val end = PythonText.trimEnd(text, start, text.length)
      val pieces = new Spans(chars, chars.length)
      val paragraphs = duplicates(chars, start, end, 2, pieces)
      val lines = duplicates(chars, 0, chars.length, 1, pieces)
      val words = Words.words(text, "en")
      val spaced = new Joined(words, 1)
      val glued = new Joined(words, 0)
      val all = characters.toDouble
      Measurements(
        characters,
        paragraphs.repeated / paragraphs.elements,
        paragraphs.characters / all,
        lines.repeated / lines.elements,
        lines.characters / all,
        Array(2, 3, 4).map(spaced.topNGram(_) / all),
        Array(5, 6, 7, 8, 9, 10).map(glued.duplicatedNGrams(_) / all)
      )
    }
  }

  private final case class Duplicates(elements: Double, repeated: Double, characters: Double)

  /** Elements between runs of at least `breaks` new lines, those seen before among them, and their code points. */
  private def duplicates(chars: Array[Char], from: Int, until: Int, breaks: Int, pieces: Spans): Duplicates = {
    var capacity = 1
    var i = from
    while (i < until) { if (chars(i) == '\n') capacity += 1; i += 1 }
    val seen = pieces.seen(capacity)
    var elements, repeated, characters = 0
    def add(start: Int, end: Int): Unit = {
      elements += 1
      if (seen.add(start, end) > 1) {
        repeated += 1
        characters += Character.codePointCount(chars, start, end - start)
      }
    }
    var start = from
    i = from
    while (i < until) {
      if (chars(i) == '\n') {
        var next = i
        while (next < until && chars(next) == '\n') next += 1
        if (next - i >= breaks) {
          add(start, i)
          start = next
        }
        i = next
      } else i += 1
    }
    add(start, until)
    Duplicates(elements, repeated, characters)
  }

  /** The words in one array with `gap` spaces between them, so that an n-gram is a piece of it. */
  private final class Joined(words: Array[String], gap: Int) {
    private val count = words.length
    private val starts = new Array[Int](count + 1)
    private val points = new Array[Int](count + 1) // code points before the word, gaps not counted
    private val chars = {
      var at = 0
      var i = 0
      while (i < count) {
        starts(i) = at
        at += words(i).length + gap
        points(i + 1) = points(i) + PythonText.length(words(i))
        i += 1
      }
      starts(count) = at
      val joined = new Array[Char](at)
      java.util.Arrays.fill(joined, ' ')
      i = 0
      while (i < count) {
        words(i).getChars(0, words(i).length, joined, starts(i))
        i += 1
      }
      joined
    }
    private val pieces = new Spans(chars, chars.length)

    private def end(last: Int): Int = starts(last + 1) - gap

    /** Code points of the most frequent n-gram (of equals, the first seen) times how often it is there. */
    def topNGram(n: Int): Int = {
      val grams = count - n + 1
      if (grams <= 0) 0
      else {
        val seen = pieces.seen(grams)
        var most = 0
        var i = 0
        while (i < grams) {
          most = math.max(most, seen.add(starts(i), end(i + n - 1)))
          i += 1
        }
        val first = firstOf(seen, n, most)
        (points(first + n) - points(first) + n - 1) * most
      }
    }

    /** The first n-gram that is there `most` times. */
    private def firstOf(seen: pieces.Seen, n: Int, most: Int): Int = {
      var i = 0
      while (seen.count(starts(i), end(i + n - 1)) != most) i += 1
      i
    }

    /** Code points of n-grams that were there before; after such a one the next begins behind it. */
    def duplicatedNGrams(n: Int): Int = {
      val seen = pieces.seen(math.max(1, count - n + 1))
      var repeated = 0
      var i = 0
      while (i + n <= count) {
        if (seen.add(starts(i), end(i + n - 1)) > 1) {
          repeated += points(i + n) - points(i)
          i += n
        } else i += 1
      }
      repeated
    }
  }
}
