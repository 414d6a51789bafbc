package org.decantry.text

import java.io.IOException
import java.nio.charset.StandardCharsets
import java.nio.file.{Files, Path, Paths}
import java.util.{HashSet, LinkedHashMap, Map => JavaMap}

/** How many different words of a list a text has. A list is a file of a folder, one word a line, such as `gsw_Latn.txt`. */
object LanguageWords {

  /** Lists that a process holds; the largest published one has some 15,000 words. */
  private val MostHeld = 64

  private val held = new LinkedHashMap[Path, HashSet[String]](16, 0.75f, true) {
    override def removeEldestEntry(eldest: JavaMap.Entry[Path, HashSet[String]]): Boolean = size > MostHeld
  }

  /** Different tokens of the text that are in the list `list`.txt of the folder. Case matters. */
  def count(text: String, language: String, folder: String, list: String): Int = {
    val words = of(Paths.get(folder, s"$list.txt"))
    val tokens = SharedTokens.of(text, language)
    val found = new HashSet[String]
    var i = 0
    while (i < tokens.length) {
      val word = tokens.text(i)
      if (words.contains(word)) found.add(word)
      i += 1
    }
    found.size
  }

  private def of(file: Path): HashSet[String] = held.synchronized {
    val known = held.get(file)
    if (known != null) known
    else {
      val words = new HashSet[String]
      try new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split('\n').foreach { line =>
          val word = line.trim
          if (word.nonEmpty) words.add(word)
        }
      catch { case error: IOException => throw new IOException(s"the word list $file cannot be read", error) }
      held.put(file, words)
      words
    }
  }
}
