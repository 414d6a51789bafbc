package org.decantry.spark

import org.apache.spark.sql.types.DataType

/** What `DESCRIBE FUNCTION EXTENDED` says of the arguments and the result of a native function. */
private[decantry] object Arguments {

  /** The meaning of an argument by its name. An argument has the same meaning in every function. */
  private val meanings: Map[String, String] = Map(
    "text" -> "the text",
    "language" -> "its language, like `en` or `cmn_Hani`; if null, by script (`bad_words`: English; `zhtw_...`: Chinese)",
    "terminal_punctuation" -> "whether a line without a mark at its end is dropped",
    "short_line_length" -> "a line of at most so many characters is short",
    "ngram" -> "words (or characters) in a shingle",
    "bands" -> "the number of bands, which is the number of keys",
    "rows" -> "hash functions in a band",
    "seed" -> "the seed of the hash functions",
    "hash" -> "the hash of a shingle, `sha1` or `xxh64`",
    "shingles" -> "what a shingle is made of, `word` or `character`",
    "min_words" -> "a line with fewer words is not compared",
    "url" -> "the address of the page",
    "domain" -> "its registered domain",
    "host" -> "its host",
    "lists" -> "the folder of compiled lists, as `decantry setup` makes it",
    "model" -> "the path of a fastText model; with `#sha256=DIGEST` behind it, the file is checked",
    "k" -> "how many labels",
    "label" -> "the label, with or without its prefix `__label__`",
    "html" -> "the page, decoded",
    "stop_words" -> "the stop words, as they are written",
    "words" -> "words, as they are written",
    "folder" -> "the folder of the lists; with `#sha256=DIGEST` behind it, changed lists are read again",
    "list" -> "the file of the list",
    "value" -> "any expression"
  )

  /** The names of the arguments: those between the parentheses of the usage. */
  def names(function: NativeFunction): Seq[String] =
    function.usage.dropWhile(_ != '(').drop(1).takeWhile(_ != ')').split(",").map(_.trim).toSeq

  /** The arguments, one a line, with types and defaults, and the type of the result. */
  def of(function: NativeFunction): String = {
    val optional = function.inputs.length - function.defaults.length
    val lines = names(function).zip(function.inputs).zipWithIndex.map { case ((name, kind), at) =>
      val meaning = meanings.get(name).fold("")(" - " + _)
      val default = if (at < optional) "" else s" (default: ${shown(function.defaults(at - optional))})"
      val constant = if (function.settings.exists(_.at == at)) ", a constant" else ""
      s"      * $name ${sql(kind)}$constant$meaning$default\n"
    }
    s"\n    Arguments:\n${lines.mkString}\n    Returns: ${sql(function.result)}; null where the first argument is null\n  "
  }

  private def shown(default: Any): String = default match {
    case values: Array[_] => values.mkString(", ")
    case value => String.valueOf(value)
  }

  private def sql(kind: DataType): String = kind.catalogString
}
