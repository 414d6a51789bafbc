package org.decantry.spark

import org.apache.spark.unsafe.types.UTF8String
import org.decantry.fasttext.{Models, Predictor}

/** The predictors that a thread used last. The name of a model is a constant, so a task meets the same object in every row:
  * what the name means is looked up once a task, and a file that was replaced is read again by the next.
  */
private[spark] object Predictors {
  private final val Held = 8

  private final class Last {
    val names = new Array[UTF8String](Held)
    val predictors = new Array[Predictor](Held)
    var next = 0
  }

  private val last: ThreadLocal[Last] = ThreadLocal.withInitial(() => new Last)

  /** @param path the file that a name stands for, with its digest where it has one */
  def of(name: UTF8String, path: String => String): Predictor = {
    val mine = last.get
    var i = 0
    while (i < Held && !(mine.names(i) eq name)) i += 1
    if (i == Held) {
      i = mine.next
      mine.predictors(i) = Models.predictor(path(name.toString))
      mine.names(i) = name
      mine.next = (i + 1) % Held
    }
    mine.predictors(i)
  }
}
