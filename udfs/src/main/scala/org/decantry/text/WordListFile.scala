package org.decantry.text

import java.io.IOException
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}

/** The words of a file in UTF-8, one word or phrase a line. */
private[text] object WordListFile {

  /** The lines that are not empty, without white space at their ends and without a byte order mark at the start.
    *
    * Throws IOException, which has the path, if the file cannot be read.
    */
  def read(file: Path): Array[String] =
    try new String(Files.readAllBytes(file), UTF_8).stripPrefix("\ufeff").split('\n').map(_.trim).filter(_.nonEmpty)
    catch { case error: IOException => throw new IOException(s"the word list $file cannot be read", error) }
}
