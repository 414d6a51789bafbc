package org.decantry.lake

import java.nio.channels.{Channels, FileChannel}
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{OpenOption, Path}
import java.util.{Iterator => JIterator}

private[lake] object Lines {

  /** Write the lines to a local file in UTF-8, each with a line feed. If `forced`, wait until they are on disk. */
  def write(lines: JIterator[String], file: Path, forced: Boolean, options: OpenOption*): Unit = {
    val channel = FileChannel.open(file, options: _*)
    try {
      val out = new java.io.BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)
      while (lines.hasNext) {
        out.write(lines.next().getBytes(UTF_8))
        out.write('\n')
      }
      out.flush()
      if (forced) channel.force(true)
    } finally channel.close()
  }
}
