package org.decantry.lake

import java.net.URI
import java.nio.file.{Files, Path => LocalPath}
import java.nio.file.attribute.PosixFilePermissions

import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.permission.FsPermission
import org.apache.hadoop.fs.local.LocalConfigKeys
import org.apache.hadoop.fs.{
  ChecksumFs,
  DelegateToFileSystem,
  FileStatus,
  FsConstants,
  FsServerDefaults,
  LocalFileSystem,
  Path,
  RawLocalFileSystem
}

/** Hadoop's local file system, without external processes.
  *
  * If Hadoop's native library is not loaded, Hadoop runs `chmod` for each file that it creates, and `readlink` four times
  * for each file that it renames: some twelve processes for one commit to a Delta table. Java can do both itself.
  * For `fs.file.impl`.
  */
class LocalFiles extends LocalFileSystem(new RawLocalFiles)

/** The same for Hadoop's `FileContext` interface. For `fs.AbstractFileSystem.file.impl`, which needs this constructor. */
class LocalFilesContext(uri: URI, conf: Configuration) extends ChecksumFs(new RawLocalFilesContext(conf))

private[lake] class RawLocalFiles extends RawLocalFileSystem {

  override def setPermission(path: Path, permission: FsPermission): Unit = {
    val file = local(path)
    val view = Files.getFileAttributeView(file, classOf[java.nio.file.attribute.PosixFileAttributeView])
    // Java does not support the sticky bit, and a file system may not support POSIX permissions.
    if (view == null || permission.getStickyBit) super.setPermission(path, permission)
    else view.setPermissions(PosixFilePermissions.fromString(permission.toString))
  }

  override def getFileLinkStatus(path: Path): FileStatus =
    if (Files.isSymbolicLink(local(path))) super.getFileLinkStatus(path) else getFileStatus(path)

  private def local(path: Path): LocalPath = pathToFile(path).toPath
}

private[lake] class RawLocalFilesContext(conf: Configuration)
    extends DelegateToFileSystem(
      FsConstants.LOCAL_FS_URI,
      new RawLocalFiles,
      conf,
      FsConstants.LOCAL_FS_URI.getScheme,
      false
    ) {

  override def getUriDefaultPort: Int = -1

  override def getServerDefaults(path: Path): FsServerDefaults = LocalConfigKeys.getServerDefaults

  @deprecated("Hadoop's interface", "") override def getServerDefaults: FsServerDefaults =
    LocalConfigKeys.getServerDefaults

  override def isValidName(name: String): Boolean = true
}
