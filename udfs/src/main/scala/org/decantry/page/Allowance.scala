package org.decantry.page

import org.jsoup.nodes.Element

/** How many more characters a page may get that grow faster than its markup: repeated cells of tables, and formulas.
  *
  * Cells that span may add four times what the page's tables hold, and 10,000 characters; formulas are left out after
  * a million characters of them.
  */
private[page] final class Allowance {
  private var repeats = 10000L
  private var formulas = 1000000

  /** Counts what a table holds. */
  def hold(chars: Int): Unit = repeats += 4L * chars

  /** Whether so many characters may be repeated; they are counted if so. */
  def repeat(chars: Int): Boolean = {
    val enough = chars <= repeats
    if (enough) repeats -= chars
    enough
  }

  /** The formula, as `Formulas.of` reads it; null after too many. */
  def formula(element: Element, name: String): Formula = {
    val found = if (formulas > 0) Formulas.of(element, name) else null
    if (found != null) formulas -= found.latex.length
    found
  }
}
