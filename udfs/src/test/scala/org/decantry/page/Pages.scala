package org.decantry.page

/** Renders all blocks of test pages, content or not. */
object Pages {
  def markdown(html: String): String = rendered(html, markdown = true)

  def text(html: String): String = rendered(html, markdown = false)

  def kinds(html: String): Seq[String] = {
    val blocks = walked(html).blocks
    (0 until blocks.size).map(i => Block.kinds(blocks.get(i).kind))
  }

  /** The number of characters of all blocks, in both forms. */
  def chars(html: String): Int = {
    val blocks = walked(html).blocks
    (0 until blocks.size).map(i => blocks.get(i).text.length + blocks.get(i).markdown.length).sum
  }

  private def walked(html: String): Walk = {
    val walk = new Walk(Markup.parse(html))
    walk.run()
    walk
  }

  private def rendered(html: String, markdown: Boolean): String = {
    val walk = walked(html)
    new Rendering(walk, walk.blocks, markdown, Rendering.most(html)).result
  }
}
