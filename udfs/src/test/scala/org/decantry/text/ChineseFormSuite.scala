package org.decantry.text

class ChineseFormSuite extends munit.FunSuite {

  test("simplified characters, traditional characters and Cantonese are distinguished") {
    assertEquals(ChineseForm.of("这个软件的说明书写得很清楚，请认真阅读。"), "cmn_Hans")
    assertEquals(ChineseForm.of("這個軟體的說明書寫得很清楚，請認真閱讀。"), "cmn_Hant")
    assertEquals(ChineseForm.of("佢哋喺度食飯，唔知幾時先返嚟。"), "yue_Hant")
  }

  test("a quotation does not decide, and characters of both forms give no form") {
    assertEquals(ChineseForm.of("这个词在台湾写作「軟體」，这里说的是软件。"), "cmn_Hans")
    assertEquals(ChineseForm.of("人山人海"), null)
    assertEquals(ChineseForm.of("no Chinese"), null)
    assertEquals(ChineseForm.of(""), null)
  }

  test("one Cantonese character in a long text is a quotation") {
    assertEquals(ChineseForm.of("這個軟體的說明書寫得很清楚，請認真閱讀。" * 5 + "嘅"), "cmn_Hant")
  }
}
