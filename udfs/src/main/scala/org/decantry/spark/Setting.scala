package org.decantry.spark

/** An argument that sets a function up: the same for every row, so it has to be a constant.
  *
  * @param at      its place among the arguments, from 0
  * @param allowed whether a value, in Catalyst's own form and not null, will do
  * @param rule    what `allowed` asks for, in words
  */
private[spark] final case class Setting(at: Int, name: String, rule: String)(allowed: Any => Boolean) {

  /** What is wrong with the argument, given its value where it is a constant; none when nothing is. */
  def complaint(value: Option[Any]): Option[String] =
    value match {
      case None => Some(s"$name has to be a constant")
      case Some(value) if value == null || !allowed(value) => Some(s"$name has to be $rule, not $value")
      case _ => None
    }
}

private[spark] object Setting {
  def positive(at: Int, name: String): Setting =
    Setting(at, name, "a number above 0")(_.asInstanceOf[Int] > 0)

  def any(at: Int, name: String): Setting = Setting(at, name, "given")(_ => true)

  def oneOf(at: Int, name: String, values: Set[String]): Setting =
    Setting(at, name, values.toSeq.sorted.mkString("one of ", ", ", ""))(value => values(value.toString))
}
