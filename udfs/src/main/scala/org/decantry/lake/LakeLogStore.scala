package org.decantry.lake

import java.io.IOException
import java.util.{Iterator => JIterator}

import io.delta.storage.HadoopFileSystemLogStore
import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.Path

/** How Delta writes its log on `file:` and `s3a:`, so that of several drivers exactly one writes a version.
  *
  * The contract is that of `io.delta.storage.LogStore`: a version that is there makes `write` throw
  * `java.nio.file.FileAlreadyExistsException`. `docs/lake.md` says what is guaranteed where. Listing (sorted by name)
  * and reading (closed at the end, or by the caller) are Delta's own.
  */
class LakeLogStore(conf: Configuration) extends HadoopFileSystemLogStore(conf) {

  override def write(path: Path, lines: JIterator[String], overwrite: java.lang.Boolean, conf: Configuration): Unit = {
    val fs = path.getFileSystem(conf)
    val target = fs.makeQualified(path)
    target.toUri.getScheme match {
      case "file"           => LocalCommit.write(target, lines, overwrite)
      case "s3a" if overwrite => S3Commit.replace(fs, target, lines)
      case "s3a"            => S3Commit.create(fs, target, lines)
      case scheme =>
        throw new IOException(
          s"$target: Decantry's log store writes to file: and s3a: only; unset spark.delta.logStore.$scheme.impl"
        )
    }
  }

  /** Whether a reader may see a file of which only a part is written, such as Parquet that Spark writes itself. */
  override def isPartialWriteVisible(path: Path, conf: Configuration): java.lang.Boolean =
    path.getFileSystem(conf).makeQualified(path).toUri.getScheme != "s3a"
}
