package org.decantry.spark

import org.apache.spark.sql.catalyst.util.GenericArrayData
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.UTF8String
import org.decantry.spark.Fields._
import org.decantry.spark.Functions.{local, text}
import org.decantry.text._

/** The native functions for published heuristics, except those of Gopher, C4 and FineWeb as datatrove computes them. */
private[spark] object HeuristicFunctions {

  val all: Seq[NativeFunction] = Seq(
    Fields.function(
      "bad_words",
      "bad_words(text, language, list) - how often the words of a file (or path#sha256=DIGEST), one a line, occur in a text",
      Seq(StringType, StringType, StringType),
      settings = Seq(Setting.any(2, "list"))
    )(arguments => BadWords.of(local(text(arguments(2)))).countIn(text(arguments(0)), english(arguments(1))))(
      int("bad_words")(identity)
    ),
    Fields.function(
      "chinese_characters",
      "chinese_characters(text) - how many characters are Simplified alone, and how many are Traditional",
      Seq(StringType)
    )(arguments => ChineseCharacters.count(text(arguments(0))))(
      int("simplified_only")(_.simplifiedOnly),
      int("traditional")(_.traditional)
    ),
    Fields.function(
      "curator_heuristics",
      "curator_heuristics(text) - what NeMo Curator's heuristic filters measure",
      Seq(StringType)
    )(arguments => curator(text(arguments(0))))(
      double("non_alphanumeric_ratio")(_.characters.nonAlphanumeric),
      double("symbol_word_ratio")(_.words.symbolRatio),
      double("number_ratio")(_.characters.numbers),
      double("url_ratio")(_.characters.urls),
      double("white_space_ratio")(_.characters.whiteSpace),
      double("parentheses_ratio")(_.characters.parentheses),
      double("boilerplate_ratio")(_.lines.boilerplate),
      double("unique_line_ratio")(_.lines.uniqueLines),
      double("unique_paragraph_ratio")(_.lines.uniqueParagraphs),
      double("unique_line_char_ratio")(_.lines.uniqueLineCharacters),
      double("unique_paragraph_char_ratio")(_.lines.uniqueParagraphCharacters),
      int("words")(_.words.words),
      double("unpunctuated_line_ratio")(_.lines.unpunctuatedLines),
      double("alpha_word_ratio")(_.words.alphaRatio),
      int("common_words")(_.words.commonWords),
      double("mean_word_length")(_.words.meanLength),
      int("longest_word")(_.words.longest),
      double("ellipsis_line_ratio")(_.lines.ellipsisLines),
      topGrams(_.words.topNGram),
      duplicatedGrams(_.words.duplicatedNGrams),
      double("bullet_line_ratio")(_.lines.bulletLines)
    ),
    Fields.function(
      "massiveweb_quality",
      "massiveweb_quality(text) - words, symbols, bullets, ellipses and stop words, with words cut at white space",
      Seq(StringType)
    )(arguments => MassiveWebQuality.measure(text(arguments(0))))(
      int("words")(_.words),
      double("mean_word_length")(_.meanWordLength),
      double("hash_ratio")(_.hashRatio),
      double("ellipsis_ratio")(_.ellipsisRatio),
      double("symbol_ratio")(_.symbolRatio),
      double("bullet_line_ratio")(_.bulletLineRatio),
      double("ellipsis_line_ratio")(_.ellipsisLineRatio),
      double("non_alpha_word_ratio")(_.nonAlphaWordRatio),
      int("stop_words")(_.stopWords),
      int("distinct_stop_words")(_.distinctStopWords)
    ),
    Fields.function(
      "massiveweb_repetition",
      "massiveweb_repetition(text) - shares of repeated lines, paragraphs and n-grams, all occurrences counted",
      Seq(StringType)
    )(arguments => MassiveWebRepetition.measure(text(arguments(0))))(
      int("lines")(_.lines),
      double("dup_line_frac")(_.dupLineFrac),
      double("dup_line_char_frac")(_.dupLineCharFrac),
      double("dup_para_frac")(_.dupParaFrac),
      double("dup_para_char_frac")(_.dupParaCharFrac),
      topGrams(_.topNGram),
      duplicatedGrams(_.duplicatedNGrams)
    ),
    Fields.function(
      "refinedweb_lines",
      "refinedweb_lines(text) - the text after RefinedWeb's corrections of lines, and the share of words that they remove",
      Seq(StringType)
    )(arguments => RefinedWebLines.edit(text(arguments(0))))(
      string("text")(_.text),
      int("words_before")(_.wordsBefore),
      double("removed_word_ratio")(_.removedWordRatio)
    ),
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
    Fields.function(
      "zhtw_layout",
      "zhtw_layout(text, language) - lines with punctuation, short lines, repeated lines and lists of a Chinese text",
      Seq(StringType, StringType),
      Seq("zh")
    )(arguments => ZhtwLayout.measure(text(arguments(0)), chinese(arguments(1))))(
      double("line_punct_ratio")(_.linePunctRatio),
      double("short_line_ratio")(_.shortLineRatio),
      double("char_dup_ratio")(_.charDupRatio),
      double("list_ratio")(_.listRatio)
    ),
    Fields.function(
      "zhtw_lines",
      "zhtw_lines(text, language) - a Chinese text without lines of code and policies, and what its lines are like",
      Seq(StringType, StringType),
      Seq("zh")
    )(arguments => ZhtwLines.edit(text(arguments(0)), chinese(arguments(1))))(
      string("text")(_.text),
      int("lines_dropped")(_.linesDropped),
      double("curly_bracket_ratio")(_.curlyBracketRatio),
      double("words_per_line")(_.wordsPerLine)
    ),
    Fields.function(
      "zhtw_quality",
      "zhtw_quality(text, language) - words, symbols, ellipses and stop words of a Chinese text",
      Seq(StringType, StringType),
      Seq("zh")
    )(arguments => ZhtwQuality.measure(text(arguments(0)), chinese(arguments(1))))(
      int("words")(_.words),
      double("hash_ratio")(_.hashRatio),
      double("ellipsis_ratio")(_.ellipsisRatio),
      double("ellipsis_line_ratio")(_.ellipsisLineRatio),
      int("stop_words")(_.stopWords)
    )
  )

  private final case class Curator(
      characters: CuratorCharacters.Shares,
      lines: CuratorLines.Shares,
      words: CuratorWords.Measurements
  )

  private def curator(text: String): Curator =
    Curator(CuratorCharacters.measure(text), CuratorLines.measure(text), CuratorWords.measure(text))

  /** A document of unknown language is treated as English. */
  private def english(value: Any): String = if (value == null) "en" else value.toString

  /** A document of unknown language is treated as Chinese. */
  private def chinese(value: Any): String = if (value == null) "zh" else value.toString
}
