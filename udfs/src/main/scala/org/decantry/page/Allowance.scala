package org.decantry.page

import org.jsoup.nodes.Element

/** Limits the parts of a page's text that may grow faster than its markup: repeated table cells, and formulas.
  *
  * Repeated cells may add four times the characters of the page's tables plus 10,000. Formulas are left out after a
  * million characters of them.
  */
private[page] final class Allowance {
  private var repeats = 10000L
  private var formulas = 1000000

  /** Adds the characters of a table to the allowance. */
  def hold(chars: Int): Unit = repeats += 4L * chars

  /** Whether this many characters may be repeated. If so, they are subtracted. */
  def repeat(chars: Int): Boolean = {
    val enough = chars <= repeats
    if (enough) repeats -= chars
    enough
  }

  /** The formula from `Formulas.of`; null if the allowance is used up. */
  def formula(element: Element, name: String): Formula = {
    val found = if (formulas > 0) Formulas.of(element, name) else null
    if (found != null) formulas -= found.latex.length
    found
  }
}
