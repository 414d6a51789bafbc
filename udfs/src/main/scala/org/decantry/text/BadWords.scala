package org.decantry.text

import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Paths}
import java.util.Locale
import java.util.concurrent.ConcurrentHashMap

/** How often the words of a list stand in a text. A list has a word or a phrase a line.
  *
  * Source: C4's pages rule (arXiv:1910.10683, 2.2) as TensorFlow Datasets' c4_utils.py and datatrove 0.10.1
  * pipeline/filters/c4_filters.py, C4BadWordsFilter, have it. Case is ignored. A word must stand between characters that
  * are of no word, except in Japanese, Thai and Chinese, where it may stand anywhere.
  */
final class BadWords private[text] (words: Seq[String]) {
  private val byFirst = new Array[Array[String]](0x10000)
  words.map(_.trim.toLowerCase(Locale.ROOT)).filter(_.nonEmpty).distinct.groupBy(_.head).foreach {
    case (first, those) => byFirst(first) = those.sortBy(-_.length).toArray
  }

  /** The places at which a word of the list begins. The language may be null. */
  def countIn(text: String, language: String): Int = {
    val lower = text.toLowerCase(Locale.ROOT)
    val anywhere = language != null && BadWords.withoutSpaces(language.takeWhile(_ != '_'))
    var found = 0
    var i = 0
    while (i < lower.length) {
      val candidates = byFirst(lower.charAt(i))
      if (candidates != null && (anywhere || i == 0 || !Unicode14.isWord(lower.codePointBefore(i)))) {
        if (candidates.exists(word => lower.startsWith(word, i) && (anywhere || ends(lower, i + word.length)))) found += 1
      }
      i += 1
    }
    found
  }

  private def ends(text: String, at: Int): Boolean = at == text.length || !Unicode14.isWord(text.codePointAt(at))
}

object BadWords {
  private val withoutSpaces = Set("ja", "jpn", "th", "tha", "zh", "zho", "cmn", "yue")
  private val loaded = new ConcurrentHashMap[String, BadWords]()

  /** The list in a file, which is read once in each JVM and must not change afterwards. */
  def of(path: String): BadWords = {
    val known = loaded.get(path)
    if (known != null) known else loaded.computeIfAbsent(path, read(_))
  }

  private def read(path: String): BadWords =
    new BadWords(new String(Files.readAllBytes(Paths.get(path)), UTF_8).split('\n').toSeq)
}
