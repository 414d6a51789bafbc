package org.decantry.spark

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.util.GenericArrayData
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.UTF8String
import org.decantry.spark.Functions.{doubles, local, struct, text}
import org.decantry.text._

/** The native functions of published pipelines' heuristics, but for Gopher's, C4's and FineWeb's as datatrove has them. */
private[spark] object HeuristicFunctions {

  val all: Seq[NativeFunction] = Seq(
    NativeFunction(
      "bad_words",
      "bad_words(text, language, list) - how often the words of a file (or path#sha256=DIGEST), one a line, stand in a text",
      Seq(StringType, StringType, StringType),
      struct(Seq("bad_words" -> IntegerType)),
      settings = Seq(Setting.any(2, "list"))
    ) { arguments =>
      InternalRow(BadWords.of(local(text(arguments(2)))).countIn(text(arguments(0)), english(arguments(1))))
    },
    NativeFunction(
      "chinese_characters",
      "chinese_characters(text) - how many characters are Simplified alone, and how many are Traditional",
      Seq(StringType),
      struct(Seq("simplified_only", "traditional").map(_ -> IntegerType))
    ) { arguments =>
      val c = ChineseCharacters.count(text(arguments(0)))
      InternalRow(c.simplifiedOnly, c.traditional)
    },
    NativeFunction(
      "curator_heuristics",
      "curator_heuristics(text) - what NeMo Curator's heuristic filters measure",
      Seq(StringType),
      struct(
        doubles("non_alphanumeric_ratio", "symbol_word_ratio", "number_ratio", "url_ratio", "white_space_ratio") ++
          doubles("parentheses_ratio", "boilerplate_ratio", "unique_line_ratio", "unique_paragraph_ratio") ++
          doubles("unique_line_char_ratio", "unique_paragraph_char_ratio") ++ Seq("words" -> IntegerType) ++
          doubles("unpunctuated_line_ratio", "alpha_word_ratio") ++ Seq("common_words" -> IntegerType) ++
          doubles("mean_word_length") ++ Seq("longest_word" -> IntegerType) ++ doubles("ellipsis_line_ratio") ++ grams ++
          doubles("bullet_line_ratio")
      )
    ) { arguments =>
      val t = text(arguments(0))
      val c = CuratorCharacters.measure(t)
      val l = CuratorLines.measure(t)
      val w = CuratorWords.measure(t)
      InternalRow.fromSeq(
        Seq[Any](c.nonAlphanumeric, w.symbolRatio, c.numbers, c.urls, c.whiteSpace, c.parentheses, l.boilerplate,
          l.uniqueLines, l.uniqueParagraphs, l.uniqueLineCharacters, l.uniqueParagraphCharacters, w.words,
          l.unpunctuatedLines, w.alphaRatio, w.commonWords, w.meanLength, w.longest, l.ellipsisLines) ++
          w.topNGram ++ w.duplicatedNGrams :+ l.bulletLines
      )
    },
    NativeFunction(
      "massiveweb_quality",
      "massiveweb_quality(text) - words, symbols, bullets, ellipses and stop words, with words cut at white space",
      Seq(StringType),
      struct(
        Seq("words" -> IntegerType) ++ doubles("mean_word_length", "hash_ratio", "ellipsis_ratio", "symbol_ratio") ++
          doubles("bullet_line_ratio", "ellipsis_line_ratio", "non_alpha_word_ratio") ++
          Seq("stop_words", "distinct_stop_words").map(_ -> IntegerType)
      )
    ) { arguments =>
      val m = MassiveWebQuality.measure(text(arguments(0)))
      InternalRow(m.words, m.meanWordLength, m.hashRatio, m.ellipsisRatio, m.symbolRatio, m.bulletLineRatio,
        m.ellipsisLineRatio, m.nonAlphaWordRatio, m.stopWords, m.distinctStopWords)
    },
    NativeFunction(
      "massiveweb_repetition",
      "massiveweb_repetition(text) - shares of repeated lines, paragraphs and n-grams, all occurrences counted",
      Seq(StringType),
      struct(
        Seq("lines" -> IntegerType) ++
          doubles("dup_line_frac", "dup_line_char_frac", "dup_para_frac", "dup_para_char_frac") ++ grams
      )
    ) { arguments =>
      val m = MassiveWebRepetition.measure(text(arguments(0)))
      InternalRow.fromSeq(
        Seq[Any](m.lines, m.dupLineFrac, m.dupLineCharFrac, m.dupParaFrac, m.dupParaCharFrac) ++ m.topNGram ++
          m.duplicatedNGrams
      )
    },
    NativeFunction(
      "refinedweb_lines",
      "refinedweb_lines(text) - the text after RefinedWeb's corrections of lines, and the share of words that they remove",
      Seq(StringType),
      struct(Seq("text" -> StringType, "words_before" -> IntegerType, "removed_word_ratio" -> DoubleType))
    ) { arguments =>
      val r = RefinedWebLines.edit(text(arguments(0)))
      InternalRow(UTF8String.fromString(r.text), r.wordsBefore, r.removedWordRatio)
    },
    NativeFunction(
      "remove_urls",
      "remove_urls(text) - the text without addresses of pages and machines, and with one empty line at a time",
      Seq(StringType),
      StringType
    ) { arguments =>
      UTF8String.fromString(RemovedUrls.edit(text(arguments(0))))
    },
    NativeFunction(
      "unicode_words",
      "unicode_words(text) - what stands between Unicode's word bounds, but for white space",
      Seq(StringType),
      ArrayType(StringType, containsNull = false)
    ) { arguments =>
      new GenericArrayData(UnicodeWords.of(text(arguments(0))).map(UTF8String.fromString): Array[UTF8String])
    },
    NativeFunction(
      "zhtw_layout",
      "zhtw_layout(text, language) - lines with punctuation, short lines, repeated lines and lists of a Chinese text",
      Seq(StringType, StringType),
      struct(doubles("line_punct_ratio", "short_line_ratio", "char_dup_ratio", "list_ratio")),
      Seq("zh")
    ) { arguments =>
      val m = ZhtwLayout.measure(text(arguments(0)), chinese(arguments(1)))
      InternalRow(m.linePunctRatio, m.shortLineRatio, m.charDupRatio, m.listRatio)
    },
    NativeFunction(
      "zhtw_lines",
      "zhtw_lines(text, language) - a Chinese text without lines of code and policies, and what its lines are like",
      Seq(StringType, StringType),
      struct(
        Seq("text" -> StringType, "lines_dropped" -> IntegerType) ++ doubles("curly_bracket_ratio", "words_per_line")
      ),
      Seq("zh")
    ) { arguments =>
      val r = ZhtwLines.edit(text(arguments(0)), chinese(arguments(1)))
      InternalRow(UTF8String.fromString(r.text), r.linesDropped, r.curlyBracketRatio, r.wordsPerLine)
    },
    NativeFunction(
      "zhtw_quality",
      "zhtw_quality(text, language) - words, symbols, ellipses and stop words of a Chinese text",
      Seq(StringType, StringType),
      struct(
        Seq("words" -> IntegerType) ++ doubles("hash_ratio", "ellipsis_ratio", "ellipsis_line_ratio") ++
          Seq("stop_words" -> IntegerType)
      ),
      Seq("zh")
    ) { arguments =>
      val m = ZhtwQuality.measure(text(arguments(0)), chinese(arguments(1)))
      InternalRow(m.words, m.hashRatio, m.ellipsisRatio, m.ellipsisLineRatio, m.stopWords)
    }
  )

  private def grams: Seq[(String, DataType)] =
    doubles((2 to 4).map(n => s"top_${n}_gram"): _*) ++ doubles((5 to 10).map(n => s"duplicated_${n}_n_grams"): _*)

  /** A document of unknown language is treated as English. */
  private def english(value: Any): String = if (value == null) "en" else value.toString

  /** A document of unknown language is treated as Chinese. */
  private def chinese(value: Any): String = if (value == null) "zh" else value.toString
}
