package org.decantry.page

/** A rule that stands in for the forest: prose with few links in the element that holds most of it, and its headings. */
private[page] object StandIn {
  val Threshold = 0.5f

  private def at(name: String): Int = {
    val found = Features.names.indexOf(name)
    require(found >= 0, s"there is no feature $name")
    found
  }
  private val insideBest = at("inside_best")
  private val insideMost = at("inside_most")
  private val linkDensity = at("link_density")
  private val words = at("log_words")
  private val heading = at("is_heading")
  private val ends = at("ends_with_mark")
  private val template = Seq("in_nav", "in_footer", "in_aside", "in_form", "concealed", "around_comment").map(at)

  def probability(row: Array[Float]): Float =
    if (template.exists(row(_) > 0) || row(linkDensity) > 0.5f) 0.1f
    else if (row(insideBest) > 0 || (row(insideMost) > 0 && (row(words) > 2.5f || row(ends) > 0 || row(heading) > 0))) 0.8f
    else 0.2f
}
