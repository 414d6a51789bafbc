package org.decantry.spark

import org.apache.spark.unsafe.types.UTF8String
import org.decantry.fasttext.{Models, Predictor}

/** The predictors that each thread used last. The name of a model is a constant, so a task gets the same object in every
  * row. The file is looked up once for each task, so the next task reads a file that was replaced.
  */
private[spark] object Predictors {
  private final val Held = 8

  private final class Last {
    val names = new Array[UTF8String](Held)
    val predictors = new Array[Predictor](Held)
    var next = 0
  }

  private val last: ThreadLocal[Last] = ThreadLocal.withInitial(() => new Last)

  /** @param path maps a name to its file, with the digest if it has one */
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
