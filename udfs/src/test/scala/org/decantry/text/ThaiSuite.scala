package org.decantry.text

class ThaiSuite extends munit.FunSuite {

  private def words(text: String): String = Words.words(text, "th").mkString(" ")

  private def cut(text: String, dictionary: String*): String = {
    val tokens = new Tokens
    tokens.begin(text)
    new ThaiTokenizer(new ThaiDictionary(dictionary.toArray)).fill(tokens)
    Array.tabulate(tokens.length)(tokens.text).mkString(" ")
  }

  test("with the words of the jar") {
    assertEquals(words("ภาษาไทยง่าย 3.5 บาท"), "ภาษาไทย ง่าย 3.5 บาท")
    assertEquals(words("ดร. สมชาย 9.30 น. ง่าย."), "ดร. สม ชาย 9.30 น. ง่าย .")
    assertEquals(words("lib_2.7.so (abc) 1,250.50 16:42"), "lib _2.7.so (abc) 1,250.50 16:42")
    assertEquals(words(" \r\n\t"), "")
  }

  test("the fewest words, and the first of equally few") {
    assertEquals(cut("กขคง", "ก", "กข", "ขคง", "คง"), "ก ขคง")
    assertEquals(cut("กขคงจ", "ก", "กข", "ขค", "คง", "งจ", "จ", "ง"), "ก ขค งจ")
  }

  test("what is in no dictionary is one token up to a word of more than two consonants") {
    assertEquals(cut("ฟฟฟกข", "กข"), "ฟฟฟกข")
    assertEquals(cut("ฟฟฟกขค", "กขค"), "ฟฟฟ กขค")
    assertEquals(cut("ฟฟฟab", "กขค"), "ฟฟฟ ab")
    assertEquals(cut("กข"), "กข")
  }

  test("no cut inside of a cluster") {
    assertEquals(cut("กาก", "ก", "าก", "กาก"), "กาก")
    assertEquals(cut("เกก", "เ", "กก", "เก", "ก"), "เก ก")
    assertEquals(cut("กขค์", "ก", "ขค์", "กข", "ค์", "กขค์"), "กขค์")
  }

  test("time grows with the text, where the ways never meet") {
    val tokens = new Tokens
    tokens.begin("ก" * 1000001)
    val processor = java.lang.management.ManagementFactory.getThreadMXBean
    val begin = processor.getCurrentThreadCpuTime
    new ThaiTokenizer(new ThaiDictionary(Array("กก", "กกก"))).fill(tokens)
    assertEquals(tokens.length, 333334)
    assert(processor.getCurrentThreadCpuTime - begin < 20e9) // half a second; a quadratic time would be many minutes
  }
}
