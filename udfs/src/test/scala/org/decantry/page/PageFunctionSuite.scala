package org.decantry.page

import org.apache.spark.sql.catalyst.InternalRow
import org.decantry.spark.PageFunction

class PageFunctionSuite extends munit.FunSuite {

  private def deep(n: Int): Int = if (n < 0) 0 else 1 + deep(n + 1)

  test("a page that fails gives null") {
    assertEquals(PageFunction.orNull(throw new ArrayIndexOutOfBoundsException(0)), null)
    assertEquals(PageFunction.orNull(InternalRow(deep(0))), null)
  }

  test("errors that no page causes are thrown") {
    val failed =
      try PageFunction.orNull(throw new NoClassDefFoundError("org/decantry/page/Forest")) != null
      catch { case _: NoClassDefFoundError => true }
    assert(failed)
  }

  test("any other page gives a row") {
    val row = PageFunction.extractPage.call(Array("<p>Hi</p>")).asInstanceOf[InternalRow]
    assertEquals(row.numFields, 15)
    assertEquals(row.getArray(7).numElements(), 1)
  }
}
