package org.decantry.text

import java.nio.file.Paths
import java.util.{HashSet, Locale}
import java.util.concurrent.ConcurrentHashMap

/** Counts the words of a list in a text. A list has one word or phrase on each line.
  *
  * Source: C4's pages rule (arXiv:1910.10683, 2.2) as TensorFlow Datasets' c4_utils.py and datatrove 0.10.1
  * pipeline/filters/c4_filters.py, C4BadWordsFilter, apply it. Case is ignored. No letter, digit or underscore may
  * stand beside a word, except in Japanese, Thai and Chinese. In Japanese and Chinese, four words that are also parts of
  * harmless words do not count.
  */
final class BadWords private[text] (words: Seq[String]) {
  private val listed = new HashSet[String]

  /** The lengths of the words by their first UTF-16 unit. */
  private val lengths = new Array[Array[Int]](0x10000)

  words.map(_.trim.toLowerCase(Locale.ROOT)).filter(_.nonEmpty).groupBy(_.head).foreach { case (first, those) =>
    those.foreach(listed.add)
    lengths(first) = those.map(_.length).distinct.toArray
  }

  /** The number of positions at which a word of the list begins. The language may be null. */
  def countIn(text: String, language: String): Int = {
    val lower = text.toLowerCase(Locale.ROOT)
    val code = if (language == null) "" else language.takeWhile(_ != '_')
    val anywhere = BadWords.withoutSpaces(code)
    val allowed = BadWords.allowed.getOrElse(code, Set.empty[String])
    var found = 0
    var i = 0
    while (i < lower.length) {
      val known = lengths(lower.charAt(i))
      if (known != null && (anywhere || i == 0 || !Unicode14.isWord(lower.codePointBefore(i)))) {
        if (known.exists(length => isBad(lower, i, i + length, anywhere, allowed))) found += 1
      }
      i += 1
    }
    found
  }

  private def isBad(text: String, from: Int, until: Int, anywhere: Boolean, allowed: Set[String]): Boolean =
    until <= text.length && (anywhere || ends(text, until)) && {
      val word = text.substring(from, until)
      listed.contains(word) && !allowed(word)
    }

  private def ends(text: String, at: Int): Boolean = at == text.length || !Unicode14.isWord(text.codePointAt(at))
}

object BadWords {
  private val withoutSpaces = Set("ja", "jpn", "th", "tha", "zh", "zho", "cmn", "yue")
  private val japanese = Set("sm", "グロ", "女の子")
  private val chinese = Set("性")

  /** Words that do not count, by language. Source: the two filters' _BADWORDS_ALLOWLIST, which datatrove applies to the
    * lists of all languages.
    */
  private val allowed = Seq("ja", "jpn").map(_ -> japanese).toMap ++ Seq("zh", "zho", "cmn", "yue").map(_ -> chinese)

  private val loaded = new ConcurrentHashMap[String, BadWords]()

  /** The list in a file, which each JVM reads once. With `#sha256=DIGEST` after its path, a changed file is another list.
    * Without it, the file must not change.
    */
  def of(name: String): BadWords = {
    val known = loaded.get(name)
    if (known != null) known
    else loaded.computeIfAbsent(name, _ => new BadWords(WordListFile.read(Paths.get(Pin.path(name))).toSeq))
  }
}
