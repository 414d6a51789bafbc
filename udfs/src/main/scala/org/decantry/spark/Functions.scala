package org.decantry.spark

import org.apache.spark.SparkFiles
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData
import org.apache.spark.sql.catalyst.util.{ArrayData, GenericArrayData}
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.UTF8String
import org.decantry.fasttext.Predictor
import org.decantry.spark.Fields._
import org.decantry.text._

/** All native functions: SQL name, arguments, result type and the Scala function that computes the result. */
object Functions {
  private val SparkFilesPrefix = "spark-files:"

  val all: Seq[NativeFunction] = Seq(
    Fields.function(
      "gopher_repetition",
      "gopher_repetition(text, language) - shares of repeated paragraphs, lines and n-grams",
      Seq(StringType, StringType),
      Seq("en")
    )(arguments => GopherRepetition.measure(text(arguments(0)), textOrNull(arguments(1))))(
      int("characters")(_.characters),
      double("dup_para_frac")(_.dupParaFrac),
      double("dup_para_char_frac")(_.dupParaCharFrac),
      double("dup_line_frac")(_.dupLineFrac),
      double("dup_line_char_frac")(_.dupLineCharFrac),
      topGrams(_.topNGram),
      duplicatedGrams(_.duplicatedNGrams)
    ),
    Fields.function(
      "gopher_quality",
      "gopher_quality(text, language, stop_words) - words, symbols, bullets, ellipses and how many of the stop words",
      Seq(StringType, StringType, ArrayType(StringType)),
      Seq("en", StopWords.gopher.toArray),
      Seq(StopWordLists.setting(2))
    )(arguments => GopherQuality.measure(text(arguments(0)), textOrNull(arguments(1)), StopWordLists.of(arguments(2))))(
      int("words")(_.words),
      double("mean_word_length")(_.meanWordLength),
      double("hash_ratio")(_.hashRatio),
      double("ellipsis_ratio")(_.ellipsisRatio),
      double("bullet_line_ratio")(_.bulletLineRatio),
      double("ellipsis_line_ratio")(_.ellipsisLineRatio),
      double("alpha_word_ratio")(_.alphaWordRatio),
      int("stop_words")(_.stopWords)
    ),
    Fields.function(
      "c4_lines",
      "c4_lines(text, terminal_punctuation, language) - the lines that C4 keeps, and its counts for the page",
      Seq(StringType, BooleanType, StringType),
      Seq(false, "en"),
      Seq(Setting.any(1, "terminal_punctuation"))
    )(arguments => C4Lines.edit(text(arguments(0)), flag(arguments(1)), textOrNull(arguments(2))))(
      string("text")(_.text),
      int("lines")(_.lines),
      bit("lorem_ipsum")(_.loremIpsum),
      bit("curly_bracket")(_.curlyBracket),
      int("sentences")(_.sentences),
      int("lines_dropped")(_.linesDropped)
    ),
    Fields.function(
      "fineweb_quality",
      "fineweb_quality(text, short_line_length, language) - line endings, short lines, repeated lines and lists",
      Seq(StringType, IntegerType, StringType),
      Seq(30, "en"),
      Seq(Setting.positive(1, "short_line_length"))
    )(arguments => FineWebQuality.measure(text(arguments(0)), number(arguments(1)), textOrNull(arguments(2))))(
      int("lines")(_.lines),
      double("line_punct_ratio")(_.linePunctRatio),
      double("short_line_ratio")(_.shortLineRatio),
      double("char_dup_ratio")(_.charDupRatio),
      double("list_ratio")(_.listRatio)
    ),
    NativeFunction("normalize_text", "normalize_text(text) - the normal form, which near-duplicates have in common",
      Seq(StringType), StringType) { arguments =>
      UTF8String.fromString(Normalize.normalize(text(arguments(0))))
    },
    NativeFunction("minhash", "minhash(text, ngram, bands, rows, seed, hash, shingles, language) - one 64-bit key for each band",
      MinHashArguments.types, ArrayType(LongType, containsNull = false), MinHashArguments.defaults,
      MinHashArguments.settings) { arguments =>
      val a = MinHashArguments(arguments)
      longs(MinHash.bandKeys(text(arguments(0)), a.ngram, a.bands, a.rows, a.seed, a.hash, a.unit, a.language))
    },
    NativeFunction("minhash_signature", "minhash_signature(text, ngram, bands, rows, seed, hash, shingles, language) - the minima",
      MinHashArguments.types, ArrayType(LongType, containsNull = false), MinHashArguments.defaults,
      MinHashArguments.settings) { arguments =>
      val a = MinHashArguments(arguments)
      longs(MinHash.signature(text(arguments(0)), a.ngram, a.bands, a.rows, a.seed, a.hash, a.unit, a.language))
    },
    NativeFunction(
      "shingles",
      "shingles(text, ngram, hash, shingles, language) - the hashes of the distinct n-grams, sorted",
      Seq(StringType, IntegerType, StringType, StringType, StringType),
      ArrayType(LongType, containsNull = false),
      MinHashArguments.defaults,
      Seq(
        Setting.positive(1, "ngram"),
        Setting.oneOf(2, "hash", Set("sha1", "xxh64")),
        Setting.oneOf(3, "shingles", Set("word", "character"))
      )
    ) { arguments =>
      longs(MinHash.shingles(text(arguments(0)), number(arguments(1)), arguments(2).toString, arguments(3).toString,
        textOrNull(arguments(4))))
    },
    NativeFunction(
      "paragraph_keys",
      "paragraph_keys(text, min_words, language) - a key for each line, equal for equal lines; 0 if the line is not " +
        "compared",
      Seq(StringType, IntegerType, StringType),
      ArrayType(LongType, containsNull = false),
      Seq(1, "en"),
      Seq(Setting.any(1, "min_words"))
    ) { arguments =>
      longs(Paragraphs.keys(text(arguments(0)), number(arguments(1)), textOrNull(arguments(2))))
    },
    NativeFunction("redact_pii", "redact_pii(text) - the text with e-mail and public IPv4 addresses replaced",
      Seq(StringType), StringType) { arguments =>
      UTF8String.fromString(Pii.redact(text(arguments(0))))
    },
    NativeFunction(
      "distinct_words",
      "distinct_words(text, language, words) - how many of the words are words of the text; null if there are none given",
      Seq(StringType, StringType, ArrayType(StringType)),
      IntegerType
    ) { arguments =>
      if (arguments(2) == null) null
      else {
        val words = arguments(2).asInstanceOf[ArrayData].toObjectArray(StringType).filter(_ != null).map(_.toString)
        DistinctWords.count(text(arguments(0)), textOrNull(arguments(1)), words)
      }
    },
    NativeFunction(
      "listed_words",
      "listed_words(text, language, folder, list) - how many words of the list, a file of the folder, the text has",
      Seq(StringType, StringType, StringType, StringType),
      IntegerType,
      settings = Seq(Setting.any(2, "folder"))
    ) { arguments =>
      if (arguments(3) == null) null
      else LanguageWords.count(text(arguments(0)), textOrNull(arguments(1)), local(text(arguments(2))), text(arguments(3)))
    },
    NativeFunction("drop_symbol_lines", "drop_symbol_lines(text) - the text without lines of bars alone",
      Seq(StringType), StringType) { arguments =>
      UTF8String.fromString(SymbolLines.drop(text(arguments(0))))
    },
    NativeFunction("repair_text", "repair_text(text) - the text with UTF-8 that was read as Windows-1252 decoded again",
      Seq(StringType), StringType) { arguments =>
      UTF8String.fromString(RepairText.repair(text(arguments(0))))
    },
    NativeFunction("gpt2_tokens", "gpt2_tokens(text) - the number of GPT-2 tokens in the text",
      Seq(StringType), IntegerType) { arguments =>
      Gpt2Tokens.count(text(arguments(0)))
    },
    Fields.function(
      "url_match",
      "url_match(url, domain, host, lists) - which parts of an address are on the compiled lists in a folder",
      Seq(StringType, StringType, StringType, StringType),
      settings = Seq(Setting.any(3, "lists"))
    ) { arguments =>
      UrlLists.matches(text(arguments(0)), textOrNull(arguments(1)), textOrNull(arguments(2)), local(text(arguments(3))))
    }(
      boolean("domain")(_.domain),
      boolean("subdomain")(_.subdomain),
      boolean("url")(_.url),
      int("hard_words")(_.hardWords),
      int("soft_words")(_.softWords),
      boolean("subword")(_.subword)
    ),
    NativeFunction(
      "fasttext",
      "fasttext(text, model, k) - the k most probable labels of a text, the best first, by a fastText model (a path, or " +
        "path#sha256=DIGEST); a probability is the library's, which adds 0.00001",
      Seq(StringType, StringType, IntegerType),
      ArrayType(labelled, containsNull = false),
      Seq(1),
      Seq(Setting.any(1, "model"), Setting.positive(2, "k"))
    ) { arguments =>
      val best = predictor(arguments(1)).best(utf8(arguments(0)), number(arguments(2)))
      new GenericArrayData(best.map(found => InternalRow(UTF8String.fromString(found.label), found.probability)))
    },
    NativeFunction(
      "fasttext_probability",
      "fasttext_probability(text, model, label) - the probability of one label of a fastText model, at most 1",
      Seq(StringType, StringType, StringType),
      DoubleType,
      settings = Seq(Setting.any(1, "model"), Setting.any(2, "label"))
    ) { arguments =>
      predictor(arguments(1)).probability(utf8(arguments(0)), arguments(2).toString)
    },
    NativeFunction("words", "words(text, language) - the words of a text, punctuation tokens included",
      Seq(StringType, StringType), ArrayType(StringType, containsNull = false), Seq("en")) { arguments =>
      strings(Words.words(text(arguments(0)), textOrNull(arguments(1))))
    },
    NativeFunction("sentences", "sentences(text, language) - the sentences of a text",
      Seq(StringType, StringType), ArrayType(StringType, containsNull = false), Seq("en")) { arguments =>
      strings(Sentences.sentences(text(arguments(0)), textOrNull(arguments(1))))
    },
    NativeFunction("model_words", "model_words(text) - the words that `decantry train fasttext` trains on, in one line",
      Seq(StringType), StringType) { arguments =>
      UTF8String.fromString(ModelWords.of(text(arguments(0))))
    },
    NativeFunction("script_of", "script_of(text) - the script of most letters of a text, ISO 15924; empty for a text without letters",
      Seq(StringType), StringType) { arguments =>
      val script = Script.of(text(arguments(0)))
      UTF8String.fromString(if (script == null) "" else script)
    },
    NativeFunction("chinese_form", "chinese_form(text) - cmn_Hans, cmn_Hant or yue_Hant; null for a text that does not tell",
      Seq(StringType), StringType) { arguments =>
      val form = ChineseForm.of(text(arguments(0)))
      if (form == null) null else UTF8String.fromString(form)
    },
    PageFunction.extractPage
  ) ++ HeuristicFunctions.all

  private lazy val named: Map[String, NativeFunction] = all.map(function => function.name -> function).toMap

  def byName(name: String): NativeFunction = named(name)

  private def labelled: StructType =
    StructType(Seq(
      StructField("label", StringType, nullable = false),
      StructField("probability", DoubleType, nullable = false)
    ))

  /** The path of the file or folder on this machine. A prefix of the name says that Spark has copied it here
    * (jobs/setup/executors.py).
    */
  private[spark] def local(named: String): String =
    if (named.startsWith(SparkFilesPrefix)) SparkFiles.get(named.stripPrefix(SparkFilesPrefix)) else named

  private def predictor(model: Any): Predictor = Predictors.of(model.asInstanceOf[UTF8String], local)

  private def utf8(value: Any): Array[Byte] = value.asInstanceOf[UTF8String].getBytes

  private[spark] def text(value: Any): String = value.asInstanceOf[UTF8String].toString

  private[spark] def textOrNull(value: Any): String = if (value == null) null else value.toString

  private def longs(values: Array[Long]): ArrayData = UnsafeArrayData.fromPrimitiveArray(values)

  private def number(value: Any): Int = value.asInstanceOf[Int]

  private def flag(value: Any): Boolean = value.asInstanceOf[Boolean]

  private def strings(values: Array[String]): ArrayData =
    new GenericArrayData(values.map(UTF8String.fromString): Array[UTF8String])
}
