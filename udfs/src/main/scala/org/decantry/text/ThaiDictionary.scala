package org.decantry.text

import java.nio.charset.StandardCharsets.UTF_8
import scala.io.Source

/** A set of words as a trie. The children of a node stand beside each other, in the order of their characters, and all
  * nodes in the order of their depth: the children of node `n` are `firstChild(n)` to before `firstChild(n + 1)`.
  */
private[text] final class ThaiDictionary(words: Array[String]) {
  private val (firstChild, letters, isWord) = build()

  /** Calls `found` with the end of each word that begins at `from`, the shortest first. */
  @inline def prefixes(chars: Array[Char], from: Int, until: Int)(found: Int => Unit): Unit = {
    var node = 0
    var at = from
    while (node >= 0 && at < until) {
      node = child(node, chars(at))
      at += 1
      if (node >= 0 && isWord(node)) found(at)
    }
  }

  private def child(node: Int, letter: Char): Int = {
    val at = java.util.Arrays.binarySearch(letters, firstChild(node), firstChild(node + 1), letter)
    if (at < 0) -1 else at
  }

  /** Level by level: a node stands for the words from `from` to before `until`, which begin with the same `depth` letters. */
  private def build(): (Array[Int], Array[Char], Array[Boolean]) = {
    val sorted = words.distinct.sorted
    val (froms, untils, depths) = (new IntBuffer, new IntBuffer, new IntBuffer)
    val (first, letter, ends) = (new IntBuffer, new IntBuffer, new IntBuffer)
    def add(from: Int, until: Int, depth: Int): Unit = {
      froms.push(from)
      untils.push(until)
      depths.push(depth)
      letter.push(if (depth == 0) 0 else sorted(from).charAt(depth - 1).toInt)
      ends.push(if (depth > 0 && sorted(from).length == depth) 1 else 0)
    }
    add(0, sorted.length, 0)
    var node = 0
    while (node < froms.length) {
      first.push(froms.length)
      val depth = depths(node)
      var from = froms(node) + ends(node)
      while (from < untils(node)) {
        var until = from + 1
        while (until < untils(node) && sorted(until).charAt(depth) == sorted(from).charAt(depth)) until += 1
        add(from, until, depth + 1)
        from = until
      }
      node += 1
    }
    first.push(froms.length)
    (first.toArray, letter.toArray.map(_.toChar), ends.toArray.map(_ > 0))
  }
}

private[text] object ThaiDictionary {

  /** The words of the jar: PyThaiNLP's `words_th.txt` (CC0), which the build fetches. */
  lazy val ofTheJar: ThaiDictionary = {
    val stream = getClass.getResourceAsStream("/org/decantry/text/words_th.txt")
    require(stream != null, "the jar has no Thai words: build it with `make jar`")
    val source = Source.fromInputStream(stream, UTF_8.name)
    try new ThaiDictionary(source.getLines().map(_.stripPrefix("\ufeff").trim).filter(_.nonEmpty).toArray)
    finally source.close()
  }
}
