package org.decantry.text

/** A hidden Markov model of words that are in no dictionary. A character begins a word, is in its middle, ends it, or is
  * a word by itself. The likeliest states give the words (Viterbi's algorithm). Of equally likely states before a
  * character, the one whose letter (B, M, E, S) is later counts, as in jieba 0.42.1 (`finalseg`).
  *
  * @param start     the logarithms of the first state's probabilities, in the order begin, middle, end, single
  * @param steps     those of the steps to each state, from the two that can stand before it (`ChineseModel.Before`)
  * @param emissions for each state, the index of each character's logarithm in `numbers`
  */
private[text] final class ChineseModel(
    start: Array[Double],
    steps: Array[Double],
    emissions: Array[Array[Char]],
    numbers: Array[Double]
) {
  import ChineseModel._

  /** Adds the words of a range of characters, which is not empty. `states` is overwritten from `from` to before `until`. */
  def cut(tokens: Tokens, from: Int, until: Int, states: Array[Byte]): Unit = {
    choose(tokens.chars, from, until, states)
    var begin = from
    var at = from
    while (at < until) {
      val state = states(at)
      if (state == Begin) begin = at
      else if (state == End) tokens.add(begin, at + 1)
      else if (state == Single) tokens.add(at, at + 1)
      at += 1
    }
  }

  /** Writes the likeliest states. Until the last one is known, `states` holds for each character and state, as a bit,
    * which of the two states before is likelier.
    */
  private def choose(chars: Array[Char], from: Int, until: Int, states: Array[Byte]): Unit = {
    var begin = start(Begin) + emission(Begin, chars(from))
    var middle = start(Middle) + emission(Middle, chars(from))
    var end = start(End) + emission(End, chars(from))
    var single = start(Single) + emission(Single, chars(from))
    var at = from + 1
    while (at < until) {
      val toBegin = emission(Begin, chars(at))
      val toMiddle = emission(Middle, chars(at))
      val toEnd = emission(End, chars(at))
      val toSingle = emission(Single, chars(at))
      val endBegin = end + steps(0) + toBegin
      val singleBegin = single + steps(1) + toBegin
      val beginMiddle = begin + steps(2) + toMiddle
      val middleMiddle = middle + steps(3) + toMiddle
      val beginEnd = begin + steps(4) + toEnd
      val middleEnd = middle + steps(5) + toEnd
      val endSingle = end + steps(6) + toSingle
      val singleSingle = single + steps(7) + toSingle
      begin = math.max(endBegin, singleBegin)
      middle = math.max(beginMiddle, middleMiddle)
      end = math.max(beginEnd, middleEnd)
      single = math.max(endSingle, singleSingle)
      states(at) = (later(Begin, endBegin, singleBegin) | later(Middle, beginMiddle, middleMiddle) |
        later(End, beginEnd, middleEnd) | later(Single, endSingle, singleSingle)).toByte
      at += 1
    }
    var state = if (single >= end) Single else End
    at = until - 1
    while (at > from) {
      val which = (states(at) >> state) & 1
      states(at) = state.toByte
      state = Before(2 * state + which)
      at -= 1
    }
    states(from) = state.toByte
  }

  private def later(state: Int, first: Double, second: Double): Int = if (second >= first) 1 << state else 0

  private def emission(state: Int, char: Char): Double = numbers(emissions(state)(char - First))
}

private[text] object ChineseModel {
  private val Begin = 0
  private val Middle = 1
  private val End = 2
  private val Single = 3

  /** The two states that can stand before each state, by their letters: B E M S. */
  private val Before = Array(End, Single, Begin, Middle, Begin, Middle, End, Single)

  private val First = '\u4e00'
  private val Last = '\u9fd5'

  /** The number of characters that the model knows. */
  val Characters: Int = Last - First + 1

  /** Whether the model knows the character. */
  def knows(unit: Char): Boolean = unit >= First && unit <= Last
}
