package org.decantry.page

/** Pages in tests: all of their blocks, whether they are content or not. */
object Pages {
  def markdown(html: String): String = rendered(html, markdown = true)

  def text(html: String): String = rendered(html, markdown = false)

  def kinds(html: String): Seq[String] = walked(html)._2.map(block => Block.kinds(block.kind))

  private def walked(html: String): (Walk, Seq[Block]) = {
    val walk = new Walk(Markup.parse(html))
    walk.run()
    (walk, (0 until walk.blocks.size).map(walk.blocks.get))
  }

  private def rendered(html: String, markdown: Boolean): String = {
    val (walk, blocks) = walked(html)
    val rendering = new Rendering(walk, markdown)
    blocks.foreach(rendering.add)
    rendering.result
  }
}
