package org.decantry.spark

import org.apache.spark.sql.types.DataType

/** The definition of a native function for SQL.
  *
  * @param inputs   the types of all arguments; if the first argument is null, the result is null
  * @param defaults the values of the last arguments if a call omits them
  * @param settings the arguments that must be constants
  * @param call     computes the result from the arguments in Catalyst's internal form (UTF8String, Int, Long, Boolean)
  */
final case class NativeFunction(
    name: String,
    usage: String,
    inputs: Seq[DataType],
    result: DataType,
    defaults: Seq[Any] = Nil,
    settings: Seq[Setting] = Nil
)(val call: Array[Any] => Any)
