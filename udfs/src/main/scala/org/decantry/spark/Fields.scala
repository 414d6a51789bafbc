package org.decantry.spark

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.UTF8String

/** Fields of the struct that a native function returns: their names, their type, and their values in a result.
  *
  * A name stands beside its value, so that fields cannot be confused. SQL and Python read fields by name.
  */
private[spark] final case class Fields[R](names: Seq[String], kind: DataType)(val values: R => Seq[Any])

private[spark] object Fields {

  def int[R](name: String)(value: R => Int): Fields[R] = Fields[R](Seq(name), IntegerType)(r => Seq(value(r)))

  def double[R](name: String)(value: R => Double): Fields[R] = Fields[R](Seq(name), DoubleType)(r => Seq(value(r)))

  def boolean[R](name: String)(value: R => Boolean): Fields[R] = Fields[R](Seq(name), BooleanType)(r => Seq(value(r)))

  /** An integer field that is 1 for true and 0 for false. */
  def bit[R](name: String)(value: R => Boolean): Fields[R] = int[R](name)(r => if (value(r)) 1 else 0)

  def string[R](name: String)(value: R => String): Fields[R] =
    Fields[R](Seq(name), StringType)(r => Seq(UTF8String.fromString(value(r))))

  /** The shares of characters in the most frequent n-gram, for n from 2 to 4. */
  def topGrams[R](values: R => Array[Double]): Fields[R] =
    Fields[R]((2 to 4).map(n => s"top_${n}_gram"), DoubleType)(r => values(r).toSeq)

  /** The shares of characters in repeated n-grams, for n from 5 to 10. */
  def duplicatedGrams[R](values: R => Array[Double]): Fields[R] =
    Fields[R]((5 to 10).map(n => s"duplicated_${n}_n_grams"), DoubleType)(r => values(r).toSeq)

  /** The definition of a native function that returns these fields of the result of `measure`. */
  def function[R](
      name: String, usage: String, inputs: Seq[DataType], defaults: Seq[Any] = Nil, settings: Seq[Setting] = Nil
  )(measure: Array[Any] => R)(fields: Fields[R]*): NativeFunction =
    NativeFunction(name, usage, inputs, struct(fields), defaults, settings)(arguments => row(measure(arguments), fields))

  private def struct[R](fields: Seq[Fields[R]]): StructType =
    StructType(fields.flatMap(each => each.names.map(StructField(_, each.kind, nullable = false))))

  private def row[R](result: R, fields: Seq[Fields[R]]): InternalRow = InternalRow.fromSeq(fields.flatMap(_.values(result)))
}
