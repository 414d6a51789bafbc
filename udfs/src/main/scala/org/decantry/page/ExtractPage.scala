package org.decantry.page

/** Extracts the main content and the metadata of a page. */
object ExtractPage {

  /** @param published    the day, as yyyy-mm-dd
    * @param languageHint the language that the page names (BCP 47)
    * @param blocks       all blocks of the page, content or not
    * @param links        the number of links in the content
    */
  final case class Result(
      text: String,
      markdown: String,
      title: String,
      author: String,
      published: String,
      licence: String,
      languageHint: String,
      blocks: Array[Piece],
      links: Int
  ) {
    def contentBlocks: Int = blocks.count(_.content)

    /** The number of blocks of a kind in the content. */
    def count(kind: String): Int = blocks.count(block => block.content && block.kind == kind)
  }

  /** A block, and the probability that it belongs to the content.
    *
    * @param kind heading, paragraph, list, table, code, formula, quote or caption
    */
  final case class Piece(kind: String, text: String, probability: Float, content: Boolean)

  /** Loads the forest. If the jar lacks it, this fails once, and not at each page. */
  def load(): Unit = {
    val _ = Forest.shipped
  }

  /** The result for the markup of a page. Every markup has one. */
  def extract(html: String): Result = extract(html, Forest.shipped)

  private[page] def extract(html: String, forest: Forest): Result = {
    val document = Markup.parse(html)
    val walk = new Walk(document)
    walk.run()
    val probabilities, ofTitle = new Array[Float](walk.blocks.size)
    Features.each(walk, Markup.title(document)) { (i, row) =>
      probabilities(i) = forest.probability(row)
      ofTitle(i) = row(Features.OfTitle)
    }
    val selected = Selection.of(walk.blocks, probabilities, ofTitle, forest.threshold)
    val kept = new java.util.ArrayList[Block]
    var links = 0
    val pieces = Array.tabulate(walk.blocks.size) { i =>
      val block = walk.blocks.get(i)
      if (selected(i)) {
        kept.add(block)
        links += block.links
      }
      Piece(Block.kinds(block.kind), block.text, probabilities(i), selected(i))
    }
    val said = walk.metadata
    val plain = new Rendering(walk, kept, markdown = false, Rendering.most(html)).result
    val marked = new Rendering(walk, kept, markdown = true, Rendering.most(html)).result
    Result(plain, marked, said.title, said.author, said.published, said.licence, said.language, pieces, links)
  }
}
