package org.decantry.fasttext

/** The best of the scores that are added, at most `most`. Which of equal scores is kept depends on the heap, so this is the
  * heap of the library: libstdc++'s binary heap with the lowest score on top.
  */
private[fasttext] final class Best(most: Int) {
  private val scores = new Array[Float](most + 1)
  private val labels = new Array[Int](most + 1)
  private var count = 0

  def size: Int = count

  /** The label at an index, after `sort`. */
  def label(place: Int): Int = labels(place)

  def score(place: Int): Float = scores(place)

  /** Whether scores below this one would not be kept. */
  def above(score: Float): Boolean = count == most && score < scores(0)

  def add(score: Float, label: Int): Unit = {
    count += 1
    up(count - 1, 0, score, label)
    if (count > most) pop()
  }

  /** Sorts the scores, the best first. */
  def sort(): Unit = {
    val all = count
    while (count > 1) pop()
    count = all
  }

  /** Moves the lowest score behind the heap, which shrinks by one. */
  private def pop(): Unit = {
    count -= 1
    val score = scores(count)
    val label = labels(count)
    put(count, scores(0), labels(0))
    var hole = 0
    var child = 0
    while (child < (count - 1) / 2) {
      child = 2 * (child + 1)
      if (scores(child) > scores(child - 1)) child -= 1
      put(hole, scores(child), labels(child))
      hole = child
    }
    if ((count & 1) == 0 && count > 1 && child == (count - 2) / 2) {
      child = 2 * (child + 1)
      put(hole, scores(child - 1), labels(child - 1))
      hole = child - 1
    }
    up(hole, 0, score, label)
  }

  private def up(from: Int, top: Int, score: Float, label: Int): Unit = {
    var hole = from
    var parent = (hole - 1) / 2
    while (hole > top && scores(parent) > score) {
      put(hole, scores(parent), labels(parent))
      hole = parent
      parent = (hole - 1) / 2
    }
    put(hole, score, label)
  }

  private def put(at: Int, score: Float, label: Int): Unit = {
    scores(at) = score
    labels(at) = label
  }
}
