package org.decantry.page

import java.io.{BufferedReader, BufferedWriter, InputStreamReader, OutputStreamWriter}
import java.nio.charset.StandardCharsets.UTF_8
import java.util.Base64

import com.fasterxml.jackson.databind.ObjectMapper

/** Writes the blocks and features of pages for training, computed as for inference.
  *
  * Reads JSON lines with `url` and `html` (base64 of UTF-8) from standard input, and writes one line for each: `url`,
  * `title`, and `blocks`, each with its `kind`, `text`, `markdown` and `features`. The first line that it writes has the
  * `features`' names and the `kinds`.
  */
object DumpFeatures {
  private val json = new ObjectMapper

  def main(arguments: Array[String]): Unit = {
    val in = new BufferedReader(new InputStreamReader(System.in, UTF_8), 1 << 20)
    val out = new BufferedWriter(new OutputStreamWriter(System.out, UTF_8), 1 << 20)
    val head = json.createObjectNode
    val names = head.putArray("features")
    Features.names.foreach(names.add(_: String))
    val kinds = head.putArray("kinds")
    Block.kinds.foreach(kinds.add(_: String))
    out.write(json.writeValueAsString(head))
    out.newLine()
    var line = in.readLine()
    while (line != null) {
      if (line.nonEmpty) {
        out.write(page(line))
        out.newLine()
      }
      line = in.readLine()
    }
    out.flush()
  }

  private def page(line: String): String = {
    val source = json.readTree(line)
    val document = Markup.parse(new String(Base64.getDecoder.decode(source.path("html").asText), UTF_8))
    val title = Markup.title(document)
    val walk = new Walk(document)
    walk.run()
    val page = json.createObjectNode
    page.put("url", source.path("url").asText)
    page.put("title", title)
    val blocks = page.putArray("blocks")
    Features.each(walk, title) { (i, row) =>
      val block = walk.blocks.get(i)
      val one = blocks.addObject()
      one.put("kind", Block.kinds(block.kind))
      one.put("text", block.text)
      one.put("markdown", block.markdown)
      val features = one.putArray("features")
      row.foreach(features.add(_: Float))
    }
    json.writeValueAsString(page)
  }
}
