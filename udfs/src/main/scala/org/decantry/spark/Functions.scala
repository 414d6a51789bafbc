package org.decantry.spark

/** Every native function, a line each. */
object Functions {
  val all: Seq[NativeFunction] = Seq()

  private lazy val named: Map[String, NativeFunction] = all.map(function => function.name -> function).toMap

  def byName(name: String): NativeFunction = named(name)
}
