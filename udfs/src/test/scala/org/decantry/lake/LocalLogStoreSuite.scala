package org.decantry.lake

import java.io.IOException
import java.nio.file.{FileAlreadyExistsException, FileSystemException, Files, Path, Paths}
import java.util.Collections.{emptyList, singletonList}
import java.util.concurrent.{Callable, CyclicBarrier, Executors}
import java.util.{Arrays, Iterator => JIterator}

import scala.collection.JavaConverters._

import munit.FunSuite
import org.apache.hadoop.conf.Configuration
import org.apache.hadoop.fs.{FileSystem, Path => HadoopPath}

@annotation.nowarn("cat=deprecation")
class LocalLogStoreSuite extends FunSuite {

  private val conf = new Configuration(false)
  private val store = new LakeLogStore(conf)
  private val log = FunFixture[Path](_ => Files.createTempDirectory("log store é "), remove)

  private def remove(folder: Path): Unit = {
    folder.toFile.listFiles.foreach(_.delete())
    Files.delete(folder)
  }

  private def at(folder: Path, name: String): HadoopPath = new HadoopPath(new HadoopPath(folder.toUri), name)
  private def version(number: Int): String = f"$number%020d.json"
  private def write(path: HadoopPath, overwrite: Boolean, lines: String*): Unit =
    store.write(path, Arrays.asList(lines: _*).iterator, overwrite, conf)
  private def read(path: HadoopPath): List[String] = {
    val lines = store.read(path, conf)
    try lines.asScala.toList finally lines.close()
  }
  private def names(folder: Path): List[String] = folder.toFile.list.sorted.toList

  log.test("a version is written once and completely, without other files") { folder =>
    write(at(folder, version(0)), overwrite = false, "one", "zwei é")
    assertEquals(read(at(folder, version(0))), List("one", "zwei é"))
    val told = intercept[FileAlreadyExistsException](write(at(folder, version(0)), overwrite = false, "another"))
    assertEquals(told.getMessage, folder.resolve(version(0)).toString)
    assertEquals(read(at(folder, version(0))), List("one", "zwei é"))
    assertEquals(names(folder), List(version(0)))
  }

  log.test("a path without a scheme is local") { folder =>
    store.write(new HadoopPath(folder.toString, version(0)), singletonList("one").iterator, false, conf)
    assertEquals(read(at(folder, version(0))), List("one"))
  }

  log.test("a file that may be replaced is replaced, even if Hadoop's checksum file of the older one exists") { folder =>
    val hint = at(folder, "_last_checkpoint")
    val stream = FileSystem.get(folder.toUri, conf).create(hint)
    stream.write("by Hadoop\n".getBytes)
    stream.close()
    assertEquals(names(folder), List("._last_checkpoint.crc", "_last_checkpoint"))
    write(hint, overwrite = true, "by us")
    assertEquals(read(hint), List("by us"))
    write(hint, overwrite = true, "again")
    assertEquals(read(hint), List("again"))
    assertEquals(names(folder), List("_last_checkpoint"))
  }

  log.test("of several threads exactly one writes each of 200 versions") { folder =>
    val threads = 4
    val pool = Executors.newFixedThreadPool(threads)
    val barrier = new CyclicBarrier(threads)
    val runs = (0 until threads).map { me =>
      pool.submit(new Callable[Seq[Int]] {
        def call(): Seq[Int] = (0 until 200).filter { number =>
          barrier.await()
          try { write(at(folder, version(number)), overwrite = false, s"by $me"); true }
          catch { case _: FileAlreadyExistsException => false }
        }
      })
    }
    val won = runs.map(_.get)
    pool.shutdown()
    assertEquals(won.flatten.sorted, 0 until 200)
    won.zipWithIndex.foreach { case (versions, me) =>
      versions.foreach(number => assertEquals(read(at(folder, version(number))), List(s"by $me")))
    }
    assertEquals(names(folder), (0 until 200).map(version).toList)
  }

  log.test("a listing is sorted by name, begins at the given name, and has no file of a dead writer") { folder =>
    Seq(10, 9, 2, 1).foreach(number => write(at(folder, version(number)), overwrite = false, "x"))
    write(at(folder, "_last_checkpoint"), overwrite = true, "x")
    intercept[IllegalStateException](store.write(at(folder, version(3)), dying(folder), false, conf))
    Files.createFile(folder.resolve(s".${version(3)}.0f3c.tmp"))
    val listed = store.listFrom(at(folder, version(2)), conf).asScala.map(_.getPath.getName).toList
    assertEquals(listed, List(version(2), version(9), version(10), "_last_checkpoint"))
    val all = store.listFrom(at(folder, "0"), conf).asScala.map(_.getPath.getName).toList
    assertEquals(all, List(version(1), version(2), version(9), version(10), "_last_checkpoint"))
  }

  log.test("actions that fail leave no file, and nobody sees a part") { folder =>
    intercept[IllegalStateException](store.write(at(folder, version(0)), dying(folder), false, conf))
    intercept[IllegalStateException](store.write(at(folder, "_last_checkpoint"), dying(folder), true, conf))
    assertEquals(names(folder), Nil)
  }

  /** One line and then a failure. Checks that no version is visible before. */
  private def dying(folder: Path): JIterator[String] = new JIterator[String] {
    private var first = true
    def hasNext: Boolean = true
    def next(): String = {
      if (!first) throw new IllegalStateException("no more")
      first = false
      assert(!names(folder).exists(name => name == version(0) || name == version(3)))
      "x" * 100000
    }
  }

  log.test("a file system without hard links is reported in one line, and nothing is written") { folder =>
    val path = at(folder, version(0))
    val refusals = Seq(
      new FileSystemException("b", "a", "Operation not permitted") -> "Operation not permitted",
      new UnsupportedOperationException("no links") -> "no links"
    )
    refusals.foreach { case (refusal, reason) =>
      val told = intercept[IOException](
        LocalCommit.write(path, singletonList("x").iterator, overwrite = false, (_, _) => throw refusal)
      )
      assertEquals(
        told.getMessage,
        s"${Paths.get(path.toUri.getPath)} was not written: the file system cannot create hard links ($reason). " +
          "A local lake needs one that can, such as ext4, xfs, APFS or NFS"
      )
    }
    assertEquals(names(folder), Nil)
  }

  log.test("a link whose answer was lost is recognised as our own") { folder =>
    def twice(target: Path, made: Path): Unit = {
      Files.createLink(target, made)
      Files.createLink(target, made)
    }
    LocalCommit.write(at(folder, version(0)), singletonList("x").iterator, overwrite = false, twice)
    assertEquals(read(at(folder, version(0))), List("x"))
    intercept[FileAlreadyExistsException](
      LocalCommit.write(at(folder, version(0)), emptyList[String].iterator, overwrite = false, twice)
    )
    assertEquals(names(folder), List(version(0)))
  }

  log.test("checkpoints are renamed into place, because Spark writes them in parts") { folder =>
    assertEquals(store.isPartialWriteVisible(at(folder, version(0)), conf), java.lang.Boolean.TRUE)
    assertEquals(store.resolvePathOnPhysicalStorage(new HadoopPath(s"$folder/x"), conf), at(folder, "x"))
  }
}
