package org.decantry.spark

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback
import org.apache.spark.sql.catalyst.expressions.{Expression, ImplicitCastInputTypes, Literal}
import org.apache.spark.sql.types.DataType
import org.decantry.Calls

/** A call of a native function in a plan. It is deterministic, so filters, joins and aggregates may contain it. */
case class NativeCall(name: String, children: Seq[Expression])
    extends Expression
    with ImplicitCastInputTypes
    with CodegenFallback {

  @transient private lazy val function = Functions.byName(name)

  override def inputTypes: Seq[DataType] = function.inputs
  override def dataType: DataType = function.result
  override def nullable: Boolean = true
  override def prettyName: String = name
  override protected def stringArgs: Iterator[Any] = children.iterator

  /** Checks the types and then the settings, so that a wrong setting fails before anything runs. */
  override def checkInputDataTypes(): TypeCheckResult = {
    val types = super.checkInputDataTypes()
    if (types.isFailure) types
    else
      function.settings.flatMap(setting => setting.complaint(constant(children(setting.at)))).headOption match {
        case Some(complaint) => TypeCheckResult.TypeCheckFailure(s"$name: $complaint")
        case None => types
      }
  }

  private def constant(argument: Expression): Option[Any] =
    if (argument.foldable) Some(argument.eval(null)) else None

  override def eval(input: InternalRow): Any = {
    val first = children.head.eval(input)
    if (first == null) null
    else {
      val arguments = new Array[Any](children.length)
      arguments(0) = first
      var i = 1
      while (i < arguments.length) {
        arguments(i) = children(i).eval(input)
        i += 1
      }
      Calls.add(name)
      function.call(arguments)
    }
  }

  override protected def withNewChildrenInternal(newChildren: IndexedSeq[Expression]): NativeCall =
    copy(children = newChildren)
}

object NativeCall {

  /** The call with the defaults of omitted arguments. Fails if the number of arguments is wrong. */
  def build(function: NativeFunction, arguments: Seq[Expression]): NativeCall = {
    val most = function.inputs.length
    val least = most - function.defaults.length
    if (arguments.length < least || arguments.length > most) {
      val expected = if (least == most) s"$most" else s"$least to $most"
      throw new IllegalArgumentException(s"${function.name} takes $expected arguments, not ${arguments.length}")
    }
    val left = function.defaults.drop(arguments.length - least).map(Literal(_))
    NativeCall(function.name, arguments ++ left)
  }
}
