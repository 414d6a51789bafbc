package org.decantry.text

/** Names of files and folders with the sha256 of their content, as `path#sha256=DIGEST`. A process caches content under the
  * whole name, so it reads a file again if the file has changed between two runs.
  */
private[text] object Pin {
  private val Mark = "#sha256="

  /** The path of the name, which may have no digest. */
  def path(name: String): String = name.indexOf(Mark) match {
    case -1 => name
    case at => name.take(at)
  }
}
