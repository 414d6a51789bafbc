package org.decantry.lake

import java.io.{FileNotFoundException, IOException}
import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{FileAlreadyExistsException, Files, Path => Local}
import java.nio.file.StandardOpenOption.{TRUNCATE_EXISTING, WRITE}
import java.util.{Collections, Iterator => JIterator, UUID}
import java.util.concurrent.ConcurrentHashMap

import scala.annotation.tailrec
import scala.util.control.NonFatal

import org.apache.hadoop.fs.{FileSystem, FSDataOutputStream, Path}
import org.apache.hadoop.util.VersionInfo

/** A log file on S3. It is written with conditional puts, which succeed only if the key is free (`If-None-Match: *`).
  *
  * Each put stores the name of its writer in the object's metadata. After an error, the object is read to find its writer.
  * This distinguishes our own commit, whose answer was lost, from that of another driver.
  */
private[lake] object S3Commit {

  /** An option of Hadoop 3.4.2 (HADOOP-19256). Older versions ignore it with `opt`, and refuse it with `must`. */
  private val Condition = "fs.option.create.conditional.overwrite"
  private val Writer = "decantry-writer"

  /** How often a put is tried if the store answers 409: it got two puts at the same time and executed neither. */
  private val Attempts = 10
  private val LongestPauseMillis = 2000L

  /** The stores that have been proved to honour the condition. */
  private val proven = ConcurrentHashMap.newKeySet[String]()

  /** Write the file if it does not exist.
    *
    * Throws FileAlreadyExistsException if another writer's file exists. Throws IOException if the store cannot be used,
    * or if it is not known whether the file was written; the message says which.
    */
  def create(fs: FileSystem, path: Path, lines: JIterator[String]): Unit = {
    prove(fs, path.getParent)
    spooled(lines)(put(fs, path, _))
  }

  /** Write the file, and replace an existing one, such as the hint to the last checkpoint. */
  def replace(fs: FileSystem, path: Path, lines: JIterator[String]): Unit =
    spooled(lines)(send(_, fs.create(path, true)))

  /** Throw IOException unless the store refuses the second of two puts of one key. Done once per bucket and process. */
  private def prove(fs: FileSystem, log: Path): Unit = {
    val store = s"${fs.getUri} ${fs.getConf.get("fs.s3a.endpoint", "")}"
    if (!proven.contains(store)) {
      if (!fs.hasPathCapability(log, Condition)) throw new IOException(
        s"$log was not written: Hadoop ${VersionInfo.getVersion} makes no conditional writes here, so commits " +
          "could be lost. Use Spark 4.1 with Hadoop 3.4.2 or newer, and leave fs.s3a.create.conditional.enabled on; or " +
          "set spark.delta.logStore.s3a.impl to io.delta.storage.S3DynamoDBLogStore, or, with one driver a lake, to " +
          "io.delta.storage.S3SingleDriverLogStore"
      )
      if (!refusesSecond(fs, new Path(log, s".${UUID.randomUUID()}.probe"))) throw new IOException(
        s"$log was not written: ${fs.getUri} ignores If-None-Match, so that commits could be lost. Use a store that " +
          "honours it, or set spark.delta.logStore.s3a.impl to io.delta.storage.S3DynamoDBLogStore, or, with one " +
          "driver a lake, to io.delta.storage.S3SingleDriverLogStore"
      )
      proven.add(store)
    }
  }

  private def refusesSecond(fs: FileSystem, probe: Path): Boolean =
    try spooled(Collections.singletonList("").iterator) { content =>
      put(fs, probe, content)
      try { put(fs, probe, content); false } catch { case _: FileAlreadyExistsException => true }
    }
    catch {
      case e: Undecided =>
        val failure = e.getCause
        throw new IOException(s"${probe.getParent} was not written: the store does not work (${failure.getMessage})", failure)
    } finally try fs.delete(probe, false) catch { case _: IOException => } // readers ignore it

  @tailrec
  private def put(
      fs: FileSystem,
      path: Path,
      content: Local,
      writer: String = UUID.randomUUID().toString,
      attempt: Int = 1
  ): Unit = {
    val failure = try { send(content, conditional(fs, path, writer)); None } catch { case NonFatal(e) => Some(e) }
    failure match {
      case None => ()
      case Some(e) =>
        writerOf(fs, path, e) match {
          case Some(`writer`) => ()
          case Some(_)        => throw new FileAlreadyExistsException(path.toString)
          case None if attempt < Attempts && isConflict(e) =>
            Thread.sleep((math.min(LongestPauseMillis, 50L << attempt) * (0.5 + math.random() / 2)).toLong)
            put(fs, path, content, writer, attempt + 1)
          case None => throw new Undecided(path, e)
        }
    }
  }

  private def conditional(fs: FileSystem, path: Path, writer: String): FSDataOutputStream =
    fs.createFile(path).recursive().overwrite(true).must(Condition, true)
      .must(s"fs.s3a.create.header.$Writer", writer).build()

  /** The writer of the existing object; empty if its metadata does not name one, None if there is no object. */
  private def writerOf(fs: FileSystem, path: Path, failure: Throwable): Option[String] =
    try Some(Option(fs.getXAttr(path, s"header.$Writer")).map(new String(_, UTF_8)).getOrElse(""))
    catch {
      case _: FileNotFoundException => None
      case NonFatal(e)              => failure.addSuppressed(e); throw new Undecided(path, failure)
    }

  private class Undecided(path: Path, failure: Throwable)
      extends IOException(
        s"$path: it is not known whether this commit was written (${failure.getMessage}): look at the table's history " +
          "before it is written again",
        failure
      )

  private def isConflict(failure: Throwable): Boolean =
    Iterator.iterate(failure)(_.getCause).takeWhile(_ != null).exists(e => s"${e.getMessage}".contains("Status Code: 409"))

  /** Upload the file. If it cannot be read to its end, nothing becomes visible. */
  private def send(content: Local, out: FSDataOutputStream): Unit = {
    try Files.copy(content, out)
    catch { case NonFatal(e) => out.abort(); throw e }
    out.close()
  }

  /** The lines in a temporary local file, so that any number of them can be sent again. */
  private def spooled[A](lines: JIterator[String])(act: Local => A): A = {
    val file = Files.createTempFile("decantry-commit-", ".json")
    try {
      Lines.write(lines, file, forced = false, WRITE, TRUNCATE_EXISTING)
      act(file)
    } finally Files.deleteIfExists(file)
  }
}
