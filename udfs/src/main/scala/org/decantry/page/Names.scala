package org.decantry.page

import org.jsoup.nodes.Element

/** A set of class names in lower case. */
private[page] final class Names(names: String*) {
  private val known: Set[String] = names.toSet

  /** By length, the first letters of the names of that length, as bits. */
  private val firsts = new Array[Long](names.map(_.length).max + 1)
  for (name <- names) firsts(name.length) |= Names.bit(name.charAt(0))

  /** Whether the set has one of the class names, which are separated by white space. Case is ignored. */
  def hasOne(classNames: String): Boolean = {
    var from = 0
    while (from < classNames.length) {
      while (from < classNames.length && classNames.charAt(from) <= ' ') from += 1
      var until = from
      while (until < classNames.length && classNames.charAt(until) > ' ') until += 1
      if (mayHave(classNames, from, until) && known(classNames.substring(from, until).toLowerCase(java.util.Locale.ROOT)))
        return true
      from = until
    }
    false
  }

  /** Whether the set has a name with the length and the first letter of this one. */
  private def mayHave(classNames: String, from: Int, until: Int): Boolean =
    until > from && until - from < firsts.length && (firsts(until - from) & Names.bit(classNames.charAt(from))) != 0
}

private[page] object Names {

  /** The bit of a first letter. A capital and its small letter have the same; letters outside of ASCII may be any. */
  private def bit(char: Char): Long = if (char < 128) 1L << (char | 32) else -1L

  /** The class names of an element, cut to 1,000 characters. */
  def of(element: Element): String = cut(element.attr("class"))

  /** The first 1,000 characters, because an attribute may be read once for each descendant of its element. */
  def cut(value: String): String = if (value.length > 1000) value.substring(0, 1000) else value
}
