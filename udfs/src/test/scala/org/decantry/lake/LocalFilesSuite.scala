package org.decantry.lake

import java.io.FileNotFoundException
import java.nio.file.attribute.PosixFilePermissions
import java.nio.file.{Files, Path}

import munit.FunSuite
import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.permission.FsPermission
import org.apache.hadoop.fs.{CreateFlag, FileContext, FileSystem, LocalFileSystem, Options, Path => HadoopPath}

class LocalFilesSuite extends FunSuite {

  private val conf = new Configuration(false)
  conf.set("fs.file.impl", classOf[LocalFiles].getName)
  conf.set("fs.AbstractFileSystem.file.impl", classOf[LocalFilesContext].getName)
  private val files = FileSystem.newInstance(new java.net.URI("file:///"), conf).asInstanceOf[LocalFileSystem]
  private val folder = FunFixture[Path](_ => Files.createTempDirectory("local files é "), remove)

  private def remove(path: Path): Unit = {
    if (Files.isDirectory(path)) path.toFile.listFiles.foreach(each => remove(each.toPath))
    Files.deleteIfExists(path)
  }
  private def named(folder: Path, name: String) = new HadoopPath(new HadoopPath(folder.toUri), name)
  private def mode(path: Path): String = PosixFilePermissions.toString(Files.getPosixFilePermissions(path))

  test("the file systems are configured") {
    assertEquals(files.getClass.getName, classOf[LocalFiles].getName)
    assertEquals(
      FileContext.getFileContext(conf).getDefaultFileSystem.getClass.getName,
      classOf[LocalFilesContext].getName
    )
  }

  folder.test("a file has the given permission, as with Hadoop's own file system") { folder =>
    for (given <- Seq("644", "600", "755")) {
      val own = named(folder, s"own $given")
      files.create(own).close()
      files.setPermission(own, new FsPermission(given))
      val hadoops = named(folder, s"hadoop $given")
      val hadoop = new LocalFileSystem
      hadoop.initialize(new java.net.URI("file:///"), new Configuration(false))
      hadoop.create(hadoops).close()
      hadoop.setPermission(hadoops, new FsPermission(given))
      assertEquals(mode(folder.resolve(s"own $given")), mode(folder.resolve(s"hadoop $given")))
    }
  }

  folder.test("a file is renamed, and replaces another only on request") { folder =>
    val context = FileContext.getFileContext(conf)
    val (one, two) = (named(folder, "one"), named(folder, "two"))
    def write(path: HadoopPath, text: String): Unit = {
      val out = context.create(path, java.util.EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent())
      out.write(text.getBytes("UTF-8"))
      out.close()
    }
    write(one, "first")
    write(two, "second")
    intercept[java.io.IOException](context.rename(one, two))
    context.rename(one, two, Options.Rename.OVERWRITE)
    assertEquals(Files.readString(folder.resolve("two")), "first")
    assert(!Files.exists(folder.resolve("one")))
  }

  folder.test("a link is reported as a link, and a missing file as missing") { folder =>
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"))
    val raw = new RawLocalFiles
    raw.initialize(new java.net.URI("file:///"), conf)
    intercept[FileNotFoundException](raw.getFileLinkStatus(named(folder, "missing")))
    Files.writeString(folder.resolve("file"), "text")
    assertEquals(raw.getFileLinkStatus(named(folder, "file")).getLen, 4L)
  }
}
