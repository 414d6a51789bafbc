package org.decantry.spark

/** An argument that configures a function. It must be a constant, equal for all rows.
  *
  * @param at      its position in the arguments, from 0
  * @param allowed whether a value (in Catalyst's internal form, not null) is valid
  * @param rule    the rule of `allowed` in words
  */
private[spark] final case class Setting(at: Int, name: String, rule: String)(allowed: Any => Boolean) {

  /** The error message for the argument, or None if it is valid. `value` is its value, or None if it is not constant. */
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
