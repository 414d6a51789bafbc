package org.decantry.text

import java.nio.ByteBuffer

/** The Chinese words and the model of the jar, read once. jobs/setup/chinese_words.py makes the file and describes it. */
private[text] object ChineseFile {
  private val Name = "/org/decantry/text/words_zh.bin"

  lazy val tokenizer: ChineseTokenizer = {
    val stream = getClass.getResourceAsStream(Name)
    require(stream != null, "the jar has no Chinese words: build it with `make jar`")
    try read(ByteBuffer.wrap(stream.readAllBytes()))
    finally stream.close()
  }

  private def read(file: ByteBuffer): ChineseTokenizer = {
    val numbers = Array.fill(file.getInt())(file.getDouble())
    val nodes = file.getInt()
    val (letters, children, weights) = (chars(file, nodes), chars(file, nodes), chars(file, nodes))
    val (start, steps) = (chars(file, 4).map(numbers(_)), chars(file, 8).map(numbers(_)))
    val emissions = Array.fill(4)(chars(file, ChineseModel.Characters))
    new ChineseTokenizer(
      new ChineseDictionary(letters, children, weights, numbers),
      new ChineseModel(start, steps, emissions, numbers)
    )
  }

  private def chars(file: ByteBuffer, length: Int): Array[Char] = {
    val found = new Array[Char](length)
    file.asCharBuffer().get(found)
    file.position(file.position() + 2 * length)
    found
  }
}
