package org.decantry.text

class ChineseSuite extends munit.FunSuite {

  private def words(text: String): String = Words.words(text, "zh").mkString(" ")

  test("the words of the dictionary with the greatest weight") {
    assertEquals(words("我来到北京清华大学"), "我 来到 北京 清华大学")
    assertEquals(words("研究生命的起源"), "研究 生命 的 起源")
    assertEquals(words("中華民國的總統府"), "中華民國 的 總統府")
    assertEquals(words("AT&T卖T恤和C++书"), "AT&T 卖 T恤 和 C++ 书")
  }

  test("of equally good ways the one with the longer first word") {
    assertEquals(words("哈亚哈"), "哈亚 哈") // as good as 哈 亚哈
  }

  test("single characters that are a word together, but a rare one, stay apart") {
    assertEquals(words("一九"), "一 九")
  }

  test("words that are in no dictionary, from single characters") {
    assertEquals(words("他来到了网易杭研大厦"), "他 来到 了 网易 杭研 大厦")
    assertEquals(words("龘龘龘"), "龘 龘 龘")
  }

  test("ASCII in a run is cut into words, numbers and marks") {
    assertEquals(words("共 lib_2.7.so 约3.5%的API-key...完"), "共 lib _ 2.7 . so 约 3.5% 的 API - key ... 完")
  }

  test("every other character is a token, and white space is none") {
    assertEquals(words("你好！！\r\n\u3000「café」ひら한😀\u0085１２㐀"), "你好 ！ ！ 「 caf é 」 ひ ら 한 😀 １ ２ 㐀")
    assertEquals(words(" \r\n\t"), "")
  }

  test("labels of Chinese, and Han without a label") {
    for (label <- Seq("zh", "zho", "cmn_Hani", "zh-Hant", "yue_Hant", "yue", "", null))
      assertEquals(Words.words("清华大学", label).toSeq, Seq("清华大学"), label)
  }

  test("time grows with the text, where no run ends") {
    val tokens = new Tokens
    val processor = java.lang.management.ManagementFactory.getThreadMXBean
    for ((unit, count) <- Seq("的" -> 1000000, "龘" -> 1000000, "a" -> 1, "中华人民共和国" -> 1000000)) {
      val begin = processor.getCurrentThreadCpuTime
      Words.scan(unit * 1000000, "zh", tokens)
      assertEquals(tokens.length, count, unit)
      assert(processor.getCurrentThreadCpuTime - begin < 20e9, unit) // half a second; a quadratic time would be many minutes
    }
  }
}
