package org.decantry.text

import java.nio.file.Paths
import java.util.{HashSet, LinkedHashMap, Map => JavaMap}

/** How many different words of a list a text contains. A list is a file in a folder, such as `gsw_Latn.txt`, with one word on
  * each line.
  *
  * Source: huggingface/fineweb-2 misc/precision_filtering/run_precision_filtering.py. As there, punctuation separates words:
  * the words of `s'isch` are `s` and `isch`.
  */
object LanguageWords {

  /** How many lists a process holds. The largest published list has some 15,000 words. */
  private val MostHeld = 64

  private val held = new LinkedHashMap[(String, String), HashSet[String]](16, 0.75f, true) {
    override def removeEldestEntry(eldest: JavaMap.Entry[(String, String), HashSet[String]]): Boolean = size > MostHeld
  }

  /** How many different words of the text are in the list `list`.txt of the folder. Case matters. With `#sha256=DIGEST` after
    * the folder, lists that have changed are read again.
    */
  def count(text: String, language: String, folder: String, list: String): Int = {
    val words = of(folder, list)
    val tokens = Words.scan(spaced(text), language)
    val found = new HashSet[String]
    var i = 0
    while (i < tokens.length) {
      val word = tokens.text(i)
      if (words.contains(word)) found.add(word)
      i += 1
    }
    found.size
  }

  /** The text with a space for each unit of white space or punctuation. */
  private def spaced(text: String): String = {
    val units = text.toCharArray
    var i = 0
    while (i < units.length) {
      if ((NormalizeTable.of(units(i)) & NormalizeTable.Blank) != 0) units(i) = ' '
      i += 1
    }
    new String(units)
  }

  private def of(folder: String, list: String): HashSet[String] = held.synchronized {
    val known = held.get((folder, list))
    if (known != null) known
    else {
      val words = new HashSet[String]
      WordListFile.read(Paths.get(Pin.path(folder), s"$list.txt")).foreach(words.add)
      held.put((folder, list), words)
      words
    }
  }
}
