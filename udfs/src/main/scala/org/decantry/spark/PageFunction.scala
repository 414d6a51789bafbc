package org.decantry.spark

import scala.util.control.NonFatal

import org.apache.spark.sql.catalyst.InternalRow
import org.apache.spark.sql.catalyst.util.GenericArrayData
import org.apache.spark.sql.types._
import org.apache.spark.unsafe.types.UTF8String
import org.decantry.page.ExtractPage

/** The definition of `extract_page` for SQL. */
private[decantry] object PageFunction {

  private val piece = StructType(
    Seq(
      StructField("kind", StringType, nullable = false),
      StructField("text", StringType, nullable = false),
      StructField("probability", FloatType, nullable = false)
    )
  )

  private val result = StructType(
    Seq("text", "markdown").map(StructField(_, StringType, nullable = false)) ++
      Seq("title", "author", "published", "licence", "language_hint").map(StructField(_, StringType, nullable = true)) ++
      Seq(StructField("blocks", ArrayType(piece, containsNull = false), nullable = false)) ++
      Seq("content_blocks", "headings", "list_items", "tables", "code_blocks", "formulas", "links")
        .map(StructField(_, IntegerType, nullable = false))
  )

  val extractPage: NativeFunction = NativeFunction(
    "extract_page",
    "extract_page(html) - a page's main content as text and Markdown, its metadata, and its blocks",
    Seq(StringType),
    result
  ) { arguments =>
    ExtractPage.load()
    orNull(row(ExtractPage.extract(arguments(0).toString)))
  }

  /** The value, or null if computing it fails: one page must not fail a whole task. */
  def orNull(value: => InternalRow): InternalRow =
    try value
    catch {
      case NonFatal(_) | _: StackOverflowError => null
    }

  private def row(page: ExtractPage.Result): InternalRow = {
    val strings = Seq(page.text, page.markdown, page.title, page.author, page.published, page.licence, page.languageHint)
    val pieces = page.blocks.map { block =>
      InternalRow(UTF8String.fromString(block.kind), UTF8String.fromString(block.text), block.probability)
    }
    val counts = Seq(page.contentBlocks, page.count("heading"), page.count("list"), page.count("table"), page.count("code"),
      page.count("formula"), page.links)
    InternalRow.fromSeq(strings.map(UTF8String.fromString) ++ Seq(new GenericArrayData(pieces: Array[InternalRow])) ++ counts)
  }
}
