package org.decantry.spark

import org.apache.spark.SparkFiles
import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData
import org.apache.spark.sql.catalyst.util.{ArrayData, GenericArrayData}
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.UTF8String
import org.decantry.fasttext.Predictor
import org.decantry.text._

/** All native functions: SQL name, arguments, result type and the Scala function that computes the result. */
object Functions {
  private val SparkFilesPrefix = "spark-files:"

  val all: Seq[NativeFunction] = Seq(
    NativeFunction(
      "gopher_repetition",
      "gopher_repetition(text) - shares of repeated paragraphs, lines and n-grams",
      Seq(StringType),
      struct(
        Seq("characters" -> IntegerType) ++ doubles("dup_para_frac", "dup_para_char_frac", "dup_line_frac") ++
          doubles("dup_line_char_frac") ++ doubles((2 to 4).map(n => s"top_${n}_gram"): _*) ++
          doubles((5 to 10).map(n => s"duplicated_${n}_n_grams"): _*)
      )
    ) { arguments =>
      val m = GopherRepetition.measure(text(arguments(0)))
      InternalRow.fromSeq(
        Seq[Any](m.characters, m.dupParaFrac, m.dupParaCharFrac, m.dupLineFrac, m.dupLineCharFrac) ++
          m.topNGram ++ m.duplicatedNGrams
      )
    },
    NativeFunction(
      "gopher_quality",
      "gopher_quality(text, language) - words, symbols, bullets, ellipses and stop words",
      Seq(StringType, StringType),
      struct(
        Seq("words" -> IntegerType) ++ doubles("mean_word_length", "hash_ratio", "ellipsis_ratio") ++
          doubles("bullet_line_ratio", "ellipsis_line_ratio", "alpha_word_ratio") ++ Seq("stop_words" -> IntegerType)
      ),
      Seq("en")
    ) { arguments =>
      val m = GopherQuality.measure(text(arguments(0)), language(arguments(1)))
      InternalRow(m.words, m.meanWordLength, m.hashRatio, m.ellipsisRatio, m.bulletLineRatio, m.ellipsisLineRatio,
        m.alphaWordRatio, m.stopWords)
    },
    NativeFunction(
      "c4_lines",
      "c4_lines(text, terminal_punctuation, language) - the lines that C4 keeps, and its counts for the page",
      Seq(StringType, BooleanType, StringType),
      struct(
        Seq("text" -> StringType) ++
          Seq("lines", "lorem_ipsum", "curly_bracket", "sentences", "lines_dropped").map(_ -> IntegerType)
      ),
      Seq(false, "en"),
      Seq(Setting.any(1, "terminal_punctuation"))
    ) { arguments =>
      val r = C4Lines.edit(text(arguments(0)), flag(arguments(1)), language(arguments(2)))
      InternalRow(UTF8String.fromString(r.text), r.lines, bit(r.loremIpsum), bit(r.curlyBracket), r.sentences,
        r.linesDropped)
    },
    NativeFunction(
      "fineweb_quality",
      "fineweb_quality(text, short_line_length) - line endings, short lines, repeated lines and lists",
      Seq(StringType, IntegerType),
      struct(
        Seq("lines" -> IntegerType) ++
          doubles("line_punct_ratio", "short_line_ratio", "char_dup_ratio", "list_ratio")
      ),
      Seq(30),
      Seq(Setting.positive(1, "short_line_length"))
    ) { arguments =>
      val m = FineWebQuality.measure(text(arguments(0)), int(arguments(1)))
      InternalRow(m.lines, m.linePunctRatio, m.shortLineRatio, m.charDupRatio, m.listRatio)
    },
    NativeFunction("normalize_text", "normalize_text(text) - the normal form, which near-duplicates have in common",
      Seq(StringType), StringType) { arguments =>
      UTF8String.fromString(Normalize.normalize(text(arguments(0))))
    },
    NativeFunction("minhash", "minhash(text, ngram, bands, rows, seed, hash, shingles) - one 64-bit key for each band",
      MinHashArguments.types, ArrayType(LongType, containsNull = false), Seq("sha1", "word"),
      MinHashArguments.settings) { arguments =>
      val a = MinHashArguments(arguments)
      longs(MinHash.bandKeys(text(arguments(0)), a.ngram, a.bands, a.rows, a.seed, a.hash, a.unit))
    },
    NativeFunction("minhash_signature", "minhash_signature(text, ngram, bands, rows, seed, hash, shingles) - the minima",
      MinHashArguments.types, ArrayType(LongType, containsNull = false), Seq("sha1", "word"),
      MinHashArguments.settings) { arguments =>
      val a = MinHashArguments(arguments)
      longs(MinHash.signature(text(arguments(0)), a.ngram, a.bands, a.rows, a.seed, a.hash, a.unit))
    },
    NativeFunction(
      "shingles",
      "shingles(text, ngram, hash, shingles) - the hashes of the distinct n-grams, sorted",
      Seq(StringType, IntegerType, StringType, StringType),
      ArrayType(LongType, containsNull = false),
      Seq("sha1", "word"),
      Seq(
        Setting.positive(1, "ngram"),
        Setting.oneOf(2, "hash", Set("sha1", "xxh64")),
        Setting.oneOf(3, "shingles", Set("word", "character"))
      )
    ) { arguments =>
      longs(MinHash.shingles(text(arguments(0)), int(arguments(1)), arguments(2).toString, arguments(3).toString))
    },
    NativeFunction(
      "paragraph_keys",
      "paragraph_keys(text, min_words) - a key for each line, equal for equal lines; 0 if the line is not compared",
      Seq(StringType, IntegerType),
      ArrayType(LongType, containsNull = false),
      Seq(1),
      Seq(Setting.any(1, "min_words"))
    ) { arguments =>
      longs(Paragraphs.keys(text(arguments(0)), int(arguments(1))))
    },
    NativeFunction("redact_pii", "redact_pii(text) - the text with e-mail and public IPv4 addresses replaced",
      Seq(StringType), StringType) { arguments =>
      UTF8String.fromString(Pii.redact(text(arguments(0))))
    },
    NativeFunction("gpt2_tokens", "gpt2_tokens(text) - the number of GPT-2 tokens in the text",
      Seq(StringType), IntegerType) { arguments =>
      Gpt2Tokens.count(text(arguments(0)))
    },
    NativeFunction(
      "url_match",
      "url_match(url, domain, host, lists) - which parts of an address are on the compiled lists in a folder",
      Seq(StringType, StringType, StringType, StringType),
      struct(
        Seq("domain", "subdomain", "url").map(_ -> BooleanType) ++
          Seq("hard_words" -> IntegerType, "soft_words" -> IntegerType, "subword" -> BooleanType)
      ),
      settings = Seq(Setting.any(3, "lists"))
    ) { arguments =>
      val m = UrlLists.matches(text(arguments(0)), textOrNull(arguments(1)), textOrNull(arguments(2)), local(text(arguments(3))))
      InternalRow(m.domain, m.subdomain, m.url, m.hardWords, m.softWords, m.subword)
    },
    NativeFunction(
      "fasttext",
      "fasttext(text, model, k) - the k most probable labels of a text, the best first, by a fastText model (a path, or " +
        "path#sha256=DIGEST); a probability is the library's, which adds 0.00001",
      Seq(StringType, StringType, IntegerType),
      ArrayType(struct(Seq("label" -> StringType, "probability" -> DoubleType)), containsNull = false),
      Seq(1),
      Seq(Setting.any(1, "model"), Setting.positive(2, "k"))
    ) { arguments =>
      val best = predictor(arguments(1)).best(utf8(arguments(0)), int(arguments(2)))
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
      strings(Words.words(text(arguments(0)), language(arguments(1))))
    },
    NativeFunction("sentences", "sentences(text, language) - the sentences of a text",
      Seq(StringType, StringType), ArrayType(StringType, containsNull = false), Seq("en")) { arguments =>
      strings(Sentences.sentences(text(arguments(0)), language(arguments(1))))
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
    PageFunction.extractPage
  ) ++ HeuristicFunctions.all

  private lazy val named: Map[String, NativeFunction] = all.map(function => function.name -> function).toMap

  def byName(name: String): NativeFunction = named(name)

  private[spark] def struct(fields: Seq[(String, DataType)]): StructType =
    StructType(fields.map { case (name, kind) => StructField(name, kind, nullable = false) })

  private[spark] def doubles(names: String*): Seq[(String, DataType)] = names.map(_ -> DoubleType)

  /** The path of the file or folder on this machine. A prefix of the name says that Spark has copied it here
    * (jobs/setup/executors.py).
    */
  private[spark] def local(named: String): String =
    if (named.startsWith(SparkFilesPrefix)) SparkFiles.get(named.stripPrefix(SparkFilesPrefix)) else named

  private def predictor(model: Any): Predictor = Predictors.of(model.asInstanceOf[UTF8String], local)

  private def utf8(value: Any): Array[Byte] = value.asInstanceOf[UTF8String].getBytes

  private[spark] def text(value: Any): String = value.asInstanceOf[UTF8String].toString

  /** A document of unknown language is treated as English, as the peer treats every document. */
  private def language(value: Any): String = if (value == null) "en" else value.toString

  private def textOrNull(value: Any): String = if (value == null) null else value.toString

  private def longs(values: Array[Long]): ArrayData = UnsafeArrayData.fromPrimitiveArray(values)

  private def int(value: Any): Int = value.asInstanceOf[Int]

  private def flag(value: Any): Boolean = value.asInstanceOf[Boolean]

  private def bit(value: Boolean): Int = if (value) 1 else 0

  private def strings(values: Array[String]): ArrayData =
    new GenericArrayData(values.map(UTF8String.fromString): Array[UTF8String])
}
