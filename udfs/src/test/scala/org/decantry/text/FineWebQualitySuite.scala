package org.decantry.text

import munit.FunSuite

class FineWebQualitySuite extends FunSuite {

  test("lines that are not blank") {
    val m = FineWebQuality.measure("One.\nTwo\n\n \nOne.\n是的。", 3, "en")
    assertEquals((m.lines, m.linePunctRatio, m.shortLineRatio), (4, 3 / 4d, 2 / 4d))
    assertEquals((m.charDupRatio, m.listRatio), (4 / 15d, 5 / 7d))
  }

  test("nothing but white space") {
    assertEquals(FineWebQuality.measure(" \n\t", 30, "en"), FineWebQuality.Measurements(0, 0, 0, 0, 0))
  }
}
