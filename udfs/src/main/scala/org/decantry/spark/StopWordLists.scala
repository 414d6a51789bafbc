package org.decantry.spark

import org.apache.spark.sql.catalyst.util.ArrayData
import org.decantry.text.StopWords

/** Each thread's last list of stop words. The list is a constant, so a task looks up the same one in every row. */
private[spark] object StopWordLists {

  private final class Last {
    var words: Seq[String] = _
    var array: AnyRef = _
    var list: StopWords = _
  }

  private val last: ThreadLocal[Last] = ThreadLocal.withInitial(() => new Last)

  /** The list, from Catalyst's array of strings. */
  def of(value: Any): StopWords = {
    val mine = last.get
    val array = value.asInstanceOf[ArrayData]
    if (!(array eq mine.array)) {
      val words = strings(array)
      if (words != mine.words) {
        mine.list = new StopWords(words)
        mine.words = words
      }
      mine.array = array
    }
    mine.list
  }

  /** The argument at `at`, which must be a constant list without nulls. */
  def setting(at: Int): Setting =
    Setting(at, "stop_words", "a list of words without null")(value => !strings(value.asInstanceOf[ArrayData]).contains(null))

  private def strings(array: ArrayData): Seq[String] =
    (0 until array.numElements()).map(i => if (array.isNullAt(i)) null else array.getUTF8String(i).toString)
}
