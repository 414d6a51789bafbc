package org.decantry

import org.apache.spark.sql.SparkSessionExtensions
import org.apache.spark.sql.catalyst.FunctionIdentifier
import org.apache.spark.sql.catalyst.expressions.{Expression, ExpressionInfo}
import org.decantry.spark.{Arguments, Examples, Functions, NativeCall, Once}

/** Registers the native functions in a session. Add this class to `spark.sql.extensions`.
  *
  * `DESCRIBE FUNCTION EXTENDED name` shows the usage, arguments, result and examples of each.
  */
class DecantryExtensions extends (SparkSessionExtensions => Unit) {

  override def apply(extensions: SparkSessionExtensions): Unit = {
    Functions.all.foreach { function =>
      val arguments = Arguments.of(function)
      inject(extensions, classOf[NativeCall], function.name, function.usage, arguments, NativeCall.build(function, _))
    }
    inject(extensions, classOf[Once], "once", "once(value) - the value, evaluated exactly once a row", "", {
      case Seq(child) => Once(child)
      case others => throw new IllegalArgumentException(s"once takes 1 argument, not ${others.length}")
    })
  }

  private def inject(
      extensions: SparkSessionExtensions,
      expression: Class[_],
      name: String,
      usage: String,
      arguments: String,
      build: Seq[Expression] => Expression
  ): Unit = {
    val examples = Examples.of(name)
    val info =
      new ExpressionInfo(expression.getName, null, name, usage, arguments, examples, "", "", "", "", "scala_udf")
    extensions.injectFunction((FunctionIdentifier(name), info, build))
  }
}
