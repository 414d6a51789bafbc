package org.decantry.spark

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback
import org.apache.spark.sql.catalyst.expressions.{Expression, Nondeterministic, UnaryExpression}
import org.apache.spark.sql.types.DataType

/** The child's value. The expression is marked as non-deterministic, so Spark never copies it in a plan. The child is
  * evaluated exactly once for each row, however many of its fields are read.
  */
case class Once(child: Expression) extends UnaryExpression with Nondeterministic with CodegenFallback {
  override def dataType: DataType = child.dataType
  override def nullable: Boolean = child.nullable
  override def prettyName: String = "once"
  override protected def initializeInternal(partitionIndex: Int): Unit = ()
  override protected def evalInternal(input: InternalRow): Any = child.eval(input)
  override protected def withNewChildInternal(newChild: Expression): Once = copy(child = newChild)
}
