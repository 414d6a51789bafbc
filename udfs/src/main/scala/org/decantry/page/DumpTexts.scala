package org.decantry.page

import java.io.{BufferedReader, BufferedWriter, FileInputStream, InputStreamReader, OutputStreamWriter}
import java.nio.charset.StandardCharsets.UTF_8
import java.util.Base64

import com.fasterxml.jackson.databind.ObjectMapper

/** Writes the content of pages, found with the forest in the jar or in a file.
  *
  * Reads JSON lines with `url` and `html` (base64 of UTF-8) from standard input, and writes one line for each: `url`,
  * `text`, `markdown`, and `whole`, the Markdown of all blocks, content or not.
  */
object DumpTexts {
  private val json = new ObjectMapper

  def main(arguments: Array[String]): Unit = {
    val forest = if (arguments.isEmpty) Forest.shipped else read(arguments(0))
    val in = new BufferedReader(new InputStreamReader(System.in, UTF_8), 1 << 20)
    val out = new BufferedWriter(new OutputStreamWriter(System.out, UTF_8), 1 << 20)
    var line = in.readLine()
    while (line != null) {
      if (line.nonEmpty) {
        out.write(page(line, forest))
        out.newLine()
      }
      line = in.readLine()
    }
    out.flush()
  }

  private def read(path: String): Forest = {
    val stream = new FileInputStream(path)
    try Forest.read(stream, Features.count)
    finally stream.close()
  }

  private def page(line: String, forest: Forest): String = {
    val source = json.readTree(line)
    val html = new String(Base64.getDecoder.decode(source.path("html").asText), UTF_8)
    val found = ExtractPage.extract(html, forest)
    val walk = new Walk(Markup.parse(html))
    walk.run()
    val page = json.createObjectNode
    page.put("url", source.path("url").asText)
    page.put("text", found.text)
    page.put("markdown", found.markdown)
    page.put("whole", new Rendering(walk, walk.blocks, markdown = true, Rendering.most(html)).result)
    json.writeValueAsString(page)
  }
}
