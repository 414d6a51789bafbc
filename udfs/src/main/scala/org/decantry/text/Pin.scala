package org.decantry.text

/** Names of files and folders with the sha256 of what is in them, as `path#sha256=DIGEST`. What is read from them is held
  * under the whole name, so that a process reads a file again that has changed between two runs.
  */
private[text] object Pin {
  private val Mark = "#sha256="

  /** The path of the name, which may have no digest. */
  def path(name: String): String = name.indexOf(Mark) match {
    case -1 => name
    case at => name.take(at)
  }
}
