package org.decantry.text

class RepairTextSuite extends munit.FunSuite {

  test("UTF-8 that was read as Windows-1252 is decoded again") {
    assertEquals(RepairText.repair("stÃ¶rre karta"), "större karta")
    assertEquals(RepairText.repair("the Valleyâ€™s first"), "the Valley’s first")
    assertEquals(RepairText.repair("zaterdagÂ\u00a08.00"), "zaterdag\u00a08.00")
    assertEquals(RepairText.repair("Ã–l und Ã„pfel"), "Öl und Äpfel")
    assertEquals(RepairText.repair("ÐŸÑ€Ð¸Ð²ÐµÑ‚"), "Привет")
    assertEquals(RepairText.repair("100 â‚¬"), "100 €")
    assertEquals(RepairText.repair("Decantryâ„¢"), "Decantry™")
    assertEquals(RepairText.repair("ZÅ‚oty Åšrodek â†’"), "Złoty Środek →")
    assertEquals(RepairText.repair("corazÃ³n, piÃ¹"), "corazón, più")
    assertEquals(RepairText.repair("ðŸ˜€"), "😀")
  }

  test("UTF-8 that was read as Latin-1, or read wrongly twice, is decoded again") {
    assertEquals(RepairText.repair("it\u00e2\u0080\u0099s"), "it’s")
    assertEquals(RepairText.repair("cafÃƒÂ©s"), "cafés")
  }

  test("characters that people write stay, although their bytes are UTF-8") {
    val french = Seq("qualité\u00a0», à\u00a0« Paris »", "NÃO”", "2 à 3", "naïve", "Ça va", "voilâ…\u00a0!")
    val others = Seq("CAFÉ” und GROß“", "ESPAÑ…", "Straße", "2 Å² und 3 Å", "PÅ”", "fÃŒr")
    val quoted = Seq("“Hâlâ…”", "coborâ…”", "„coborâ…»", "“Hâlâ”…", "“Hâlâ—”", "‘hâlâ’”")
    for (text <- french ++ others ++ quoted) assertEquals(RepairText.repair(text), text)
  }

  test("marks that people do not write after a letter are decoded again") {
    assertEquals(RepairText.repair("â„– 5 â†’ â—† â…¡ â–ª"), "№ 5 → ◆ Ⅱ ▪")
  }

  test("control characters and terminal escapes are removed; those of Latin-1 become the intended characters") {
    assertEquals(RepairText.repair("a\u0000b\u001b[31mred\u001b[0m\tc\nd\ufeff"), "abred\tc\nd")
    assertEquals(RepairText.repair("\u0093quoted\u0094 \u0081"), "“quoted” ")
    assertEquals(RepairText.repair("half \ud83d!"), "half \ufffd!")
    assertEquals(RepairText.repair("😀"), "😀")
    assertEquals(RepairText.repair(""), "")
  }
}
