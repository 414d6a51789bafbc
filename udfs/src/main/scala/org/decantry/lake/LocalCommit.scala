package org.decantry.lake

import java.io.IOException
import java.nio.file.{FileAlreadyExistsException, FileSystemException, Files, Path, Paths, StandardCopyOption}
import java.nio.file.StandardOpenOption.{CREATE_NEW, WRITE}
import java.util.{Iterator => JIterator, UUID}

import org.apache.hadoop.fs.{Path => HadoopPath}

/** A log file in a local folder: written under another name, then linked or moved to its own.
  *
  * The kernel makes a hard link only where nothing is (link(2): EEXIST), in one step, for all processes. Delta's own
  * store for `file:` looks first and then renames, and rename(2) replaces.
  */
private[lake] object LocalCommit {

  /** Write the file whole or not at all.
    *
    * Throws FileAlreadyExistsException where it is there and not to be replaced, and IOException where the file system
    * cannot link.
    */
  def write(
      path: HadoopPath,
      lines: JIterator[String],
      overwrite: Boolean,
      link: (Path, Path) => Unit = (target, made) => Files.createLink(target, made)
  ): Unit = {
    val target = Paths.get(path.toUri.getPath)
    val made = beside(target, s"${UUID.randomUUID()}.tmp")
    try {
      Lines.write(lines, made, forced = true, CREATE_NEW, WRITE)
      // What Hadoop wrote beside an earlier file of this name would tell readers that this one is damaged.
      Files.deleteIfExists(beside(target, "crc"))
      if (overwrite) Files.move(made, target, StandardCopyOption.ATOMIC_MOVE)
      else publish(made, target, link)
    } finally Files.deleteIfExists(made)
  }

  /** Make the written file appear as `target`, where nothing is yet. */
  def publish(made: Path, target: Path, link: (Path, Path) => Unit): Unit =
    try link(target, made)
    catch {
      // A network file system may repeat a call whose answer was lost: then the file that is there is ours.
      case _: FileAlreadyExistsException =>
        if (!Files.isSameFile(made, target)) throw new FileAlreadyExistsException(target.toString)
      case e: UnsupportedOperationException => throw unlinkable(target, e)
      case e: FileSystemException if e.getClass == classOf[FileSystemException] => throw unlinkable(target, e)
    }

  /** A name that begins with a dot: Delta's readers list from the first digit on and leave it out. */
  private def beside(target: Path, suffix: String): Path = target.resolveSibling(s".${target.getFileName}.$suffix")

  private def unlinkable(target: Path, cause: Exception): IOException = {
    val reason = cause match {
      case e: FileSystemException => Option(e.getReason).getOrElse(e.getMessage)
      case e                      => e.getMessage
    }
    new IOException(
      s"$target was not written: the file system makes no hard link ($reason). A local lake needs one that does, " +
        "such as ext4, xfs, APFS or NFS",
      cause
    )
  }
}
