package org.decantry.text

import munit.FunSuite

class HeuristicsSuite extends FunSuite {

  test("addresses are removed with the white space before them") {
    def edit(text: String): String = RemovedUrls.edit(text)
    assertEquals(edit("The page  https://example.com/a?b=c#d is here."), "The page is here.")
    assertEquals(edit("The page example.com, and a.b.c.org/x."), "The page, and")
    assertEquals(edit("The file.txt and v1.2 stay, e.g. this."), "The file.txt and v1.2 stay, e.g. this.")
    assertEquals(edit("The a.com.рус😀 and b.рус."), "The😀 and")
    assertEquals(edit("Xq see example.com"), "Xq see example.com")
    assertEquals(edit("Xq 10.0.0.1:80/x and 1234.1.1.1, 300.1.1.1"), "Xq and 1234.1.1.1, 300.1.1.1")
    assertEquals(edit("a\n\n\n\nb"), "a\n\nb")
  }

  test("corrections of lines") {
    val text = "A line of plain words that stays as it is.\nMENU HOME\n12345\n3 likes\nAlone\nSign-in to read\nMore text, read more..."
    val result = RefinedWebLines.edit(text)
    assertEquals(result.text, "A line of plain words that stays as it is.\nto read\nMore text,")
    assertEquals(result.wordsBefore, 23)
    assertEquals(RefinedWebLines.edit("").removedWordRatio, 1.0)
  }

  test("repeated n-grams count with all their occurrences") {
    val m = MassiveWebRepetition.measure("a b c d e x a b c d e")
    assertEquals(m.duplicatedNGrams.head, 10.0 / 11)
    assertEquals(m.topNGram.head, 4.0 / 11)
    assertEquals(MassiveWebRepetition.measure("").topNGram.toSeq, Seq(0.0, 0.0, 0.0))
  }

  test("bad words must stand alone, except in languages without spaces") {
    val list = new BadWords(Seq("damn", "bad word", "坏"))
    assertEquals(list.countIn("Damn! A BAD word, undamned; a bad  word.", "en"), 2)
    assertEquals(list.countIn("很坏人", "zh"), 1)
    assertEquals(list.countIn("很坏人", "en"), 0)
  }

  test("words that C4 allows in Japanese and Chinese do not count there") {
    val list = new BadWords(Seq("性", "女の子", "sm", "性交"))
    assertEquals(list.countIn("可能性很大", "zh"), 0)
    assertEquals(list.countIn("可能性很大", "cmn_Hani"), 0)
    assertEquals(list.countIn("性交", "zh"), 1)
    assertEquals(list.countIn("女の子の smile", "jpn_Jpan"), 0)
    assertEquals(list.countIn("性 sm", "en"), 2)
  }

  test("a list of very many words is not searched word by word") {
    val list = new BadWords((0 until 100000).map(i => s"a$i"))
    assertEquals(list.countIn("ax " * 100000 + "a99999", "en"), 1)
  }

  test("characters of one form of Chinese") {
    assertEquals(ChineseCharacters.count("这个学习 後來"), ChineseCharacters.Counts(4, 2))
  }

  test("Chinese lines") {
    val r = ZhtwLines.edit("今天的天氣很好。\n{ a }\n\n請啟用 JavaScript 功能。\n我們去公園散步。", "zh")
    assertEquals(r.text, "今天的天氣很好。\n\n我們去公園散步。")
    assertEquals(r.linesDropped, 2)
    assertEquals(ZhtwLines.edit(" 我們 公園 天氣 \n", "zh").wordsPerLine, 5.0)
  }
}
