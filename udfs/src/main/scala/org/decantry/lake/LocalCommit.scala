package org.decantry.lake

import java.io.IOException
import java.nio.file.{FileAlreadyExistsException, FileSystemException, Files, Path, Paths, StandardCopyOption}
import java.nio.file.StandardOpenOption.{CREATE_NEW, WRITE}
import java.util.{Iterator => JIterator, UUID}

import org.apache.hadoop.fs.{Path => HadoopPath}

/** A log file in a local folder. It is written under a temporary name, and then linked or moved to its own.
  *
  * The kernel creates a hard link only if the target does not exist (link(2): EEXIST), atomically for all processes.
  * Delta's own store for `file:` checks first and then renames, and rename(2) replaces an existing target.
  */
private[lake] object LocalCommit {

  /** Write the file completely or not at all.
    *
    * Throws FileAlreadyExistsException if it exists and must not be replaced, and IOException if the file system has no
    * hard links.
    */
  def write(
      path: HadoopPath,
      lines: JIterator[String],
      overwrite: Boolean,
      link: (Path, Path) => Unit = (target, written) => Files.createLink(target, written)
  ): Unit = {
    val target = Paths.get(path.toUri.getPath)
    val written = sibling(target, s"${UUID.randomUUID()}.tmp")
    try {
      Lines.write(lines, written, forced = true, CREATE_NEW, WRITE)
      // The checksum file that Hadoop wrote for an earlier file of this name would make readers reject this one.
      Files.deleteIfExists(sibling(target, "crc"))
      if (overwrite) Files.move(written, target, StandardCopyOption.ATOMIC_MOVE)
      else publish(written, target, link)
    } finally Files.deleteIfExists(written)
  }

  /** Link the temporary file to `target`, which must not exist. */
  def publish(written: Path, target: Path, link: (Path, Path) => Unit): Unit =
    try link(target, written)
    catch {
      // A network file system may repeat a call whose answer was lost. Then the existing file is ours.
      case _: FileAlreadyExistsException =>
        if (!Files.isSameFile(written, target)) throw new FileAlreadyExistsException(target.toString)
      case e: UnsupportedOperationException => throw cannotLink(target, e)
      case e: FileSystemException if e.getClass == classOf[FileSystemException] => throw cannotLink(target, e)
    }

  /** A hidden file in the same folder. Delta's readers list names from the first digit on, so they skip it. */
  private def sibling(target: Path, suffix: String): Path = target.resolveSibling(s".${target.getFileName}.$suffix")

  private def cannotLink(target: Path, cause: Exception): IOException = {
    val reason = cause match {
      case e: FileSystemException => Option(e.getReason).getOrElse(e.getMessage)
      case e                      => e.getMessage
    }
    new IOException(
      s"$target was not written: the file system cannot create hard links ($reason). A local lake needs one that can, " +
        "such as ext4, xfs, APFS or NFS",
      cause
    )
  }
}
