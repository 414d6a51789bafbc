package org.decantry.lake

import java.io.IOException
import java.util.{Iterator => JIterator}

import io.delta.storage.HadoopFileSystemLogStore
import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.Path

/** Delta's log store for `file:` and `s3a:`. If several drivers write the same version, exactly one succeeds.
  *
  * The contract is that of `io.delta.storage.LogStore`: `write` throws `java.nio.file.FileAlreadyExistsException` if the
  * version exists. `docs/lake.md` lists the guarantees for each file system. Listing (sorted by name) and reading
  * (closed at the end, or by the caller) are Delta's own.
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

  /** Whether readers may see a partly written file. This applies to Parquet that Spark writes itself, too. */
  override def isPartialWriteVisible(path: Path, conf: Configuration): java.lang.Boolean =
    path.getFileSystem(conf).makeQualified(path).toUri.getScheme != "s3a"
}
