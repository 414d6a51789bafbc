package org.decantry.spark

import org.apache.spark.sql.types.DataType

/** A native function as SQL sees it.
  *
  * @param inputs   the types of all arguments; the first is the one whose null makes the result null
  * @param defaults values for the last arguments, where a call leaves them out
  * @param settings the arguments that have to be constants
  * @param call     the value from the arguments in Catalyst's own form (UTF8String, Int, Long, Boolean)
  */
final case class NativeFunction(
    name: String,
    usage: String,
    inputs: Seq[DataType],
    result: DataType,
    defaults: Seq[Any] = Nil,
    settings: Seq[Setting] = Nil
)(val call: Array[Any] => Any)
