package org.decantry.page

import org.jsoup.nodes.Element

/** A set of class names in lower case. */
private[page] final class Names(names: String*) {
  private val known: Set[String] = names.toSet
  private val longest = names.map(_.length).max

  /** Whether the set has one of the class names, which are separated by white space. Case is ignored. */
  def hasOne(classNames: String): Boolean = {
    var from = 0
    while (from < classNames.length) {
      while (from < classNames.length && classNames.charAt(from) <= ' ') from += 1
      var until = from
      while (until < classNames.length && classNames.charAt(until) > ' ') until += 1
      if (until > from && until - from <= longest && known(classNames.substring(from, until).toLowerCase(java.util.Locale.ROOT)))
        return true
      from = until
    }
    false
  }
}

private[page] object Names {

  /** The class names of an element, cut to 1,000 characters. */
  def of(element: Element): String = cut(element.attr("class"))

  /** The first 1,000 characters, because an attribute may be read once for each descendant of its element. */
  def cut(value: String): String = if (value.length > 1000) value.substring(0, 1000) else value
}
