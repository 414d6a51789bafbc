package org.decantry.text

import java.io.IOException
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}

class WordListsSuite extends munit.FunSuite {

  private lazy val folder = Files.createTempDirectory("lists")

  private def write(name: String, content: String): Path = Files.write(folder.resolve(name), content.getBytes(UTF_8))

  private def listed(text: String, folder: String = folder.toString): Int =
    LanguageWords.count(text, "gsw_Latn", folder, "gsw_Latn")

  test("punctuation separates the words that are looked up") {
    write("gsw_Latn.txt", "isch\nr\nChuchi\n")
    assertEquals(listed("So s'isch."), 1)
    assertEquals(listed("d'r s’isch Chuchi-Chäschtli"), 3)
    assertEquals(listed("chuchi ischt"), 0)
  }

  test("a byte order mark is not part of the first word") {
    write("bad", "\ufeffdarn\n\n bad luck \r\n")
    assertEquals(BadWords.of(s"$folder/bad").countIn("Darn, bad luck", "en"), 2)
    val marked = Files.createDirectory(folder.resolve("marked"))
    Files.write(marked.resolve("gsw_Latn.txt"), "\ufeffisch\n".getBytes(UTF_8))
    assertEquals(listed("isch", marked.toString), 1)
  }

  test("a list with another digest is read again") {
    val file = write("edited", "darn\n")
    assertEquals(BadWords.of(s"$file#sha256=1").countIn("darn drat", "en"), 1)
    write("edited", "darn\ndrat\n")
    assertEquals(BadWords.of(s"$file#sha256=2").countIn("darn drat", "en"), 2)
    val lists = Files.createDirectory(folder.resolve("lists"))
    Files.write(lists.resolve("gsw_Latn.txt"), "isch\n".getBytes(UTF_8))
    assertEquals(listed("isch Chuchi", s"$lists#sha256=1"), 1)
    Files.write(lists.resolve("gsw_Latn.txt"), "isch\nChuchi\n".getBytes(UTF_8))
    assertEquals(listed("isch Chuchi", s"$lists#sha256=2"), 2)
  }

  test("a missing list is reported with its path") {
    assert(intercept[IOException](BadWords.of(s"$folder/none")).getMessage.contains(s"$folder/none cannot be read"))
    assert(intercept[IOException](listed("x", s"$folder/none")).getMessage.contains("gsw_Latn.txt cannot be read"))
  }
}
