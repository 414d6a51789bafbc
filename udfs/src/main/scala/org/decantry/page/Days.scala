package org.decantry.page

import java.time.LocalDate

/** Dates in the metadata of pages. */
private[page] object Days {

  private val months = Array("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

  /** The date as yyyy-mm-dd (ISO 8601), if the text begins with year, month and day, or has an English month; else empty. */
  def iso(text: String): String = {
    val trimmed = text.trim
    val short = if (trimmed.length > 64) trimmed.substring(0, 64) else trimmed
    val numbers = short.split("[^0-9]+").filter(_.nonEmpty)
    val begins = short.nonEmpty && short.charAt(0) >= '0' && short.charAt(0) <= '9'
    if (begins && numbers(0).length == 8) day(numbers(0).substring(0, 4), numbers(0).substring(4, 6), numbers(0).substring(6))
    else if (begins && numbers(0).length == 4 && numbers.length >= 3 && numbers(1).length <= 2)
      day(numbers(0), numbers(1), numbers(2).take(2))
    else {
      val month = months.indexWhere(month => short.toLowerCase(java.util.Locale.ROOT).split("[^a-z]+").exists(_.startsWith(month)))
      val year = numbers.find(_.length == 4)
      val ofMonth = numbers.find(_.length <= 2)
      if (month >= 0 && year.nonEmpty && ofMonth.nonEmpty) day(year.get, (month + 1).toString, ofMonth.get) else ""
    }
  }

  private def day(year: String, month: String, day: String): String = {
    val (y, m, d) = (year.toInt, month.toInt, day.toInt)
    val there = y >= 1900 && y <= 2100 && m >= 1 && m <= 12 && d >= 1 && d <= LocalDate.of(y, m, 1).lengthOfMonth
    if (there) LocalDate.of(y, m, d).toString else ""
  }
}
