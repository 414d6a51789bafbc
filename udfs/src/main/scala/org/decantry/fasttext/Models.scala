package org.decantry.fasttext

import java.io.IOException
import java.nio.file.attribute.BasicFileAttributes
import java.nio.file.{Files, NoSuchFileException, Path, Paths}
import java.security.MessageDigest
import java.util.concurrent.ConcurrentHashMap

/** Models by their names, each loaded once in a JVM. A name is a path, or `path#sha256=` and the digest of the file. */
object Models {
  private val Pin = "#sha256="

  /** @param state what the file was like when it was read: another size, time or file is another model */
  private final case class Loaded(state: Any, model: Model)

  private val loaded = new ConcurrentHashMap[String, Loaded]()

  /** The model for one thread. Throws IllegalArgumentException if the file is missing or damaged, or if its digest
    * differs.
    */
  def predictor(name: String): Predictor = {
    val (path, digest) = parse(name)
    val state = stateOf(path)
    val known = loaded.get(name)
    if (known != null && known.state == state) new Predictor(known.model)
    else new Predictor(loaded.compute(name, (_, other) => if (other != null && other.state == state) other else load(path, digest, state)).model)
  }

  private def parse(name: String): (Path, Option[String]) =
    name.indexOf(Pin) match {
      case -1 => (Paths.get(name), None)
      case at => (Paths.get(name.take(at)), Some(name.drop(at + Pin.length)))
    }

  private def stateOf(path: Path): Any =
    try {
      val found = Files.readAttributes(path, classOf[BasicFileAttributes])
      if (!found.isRegularFile) throw new IllegalArgumentException(s"the fastText model $path is not a file")
      (found.size, found.lastModifiedTime, found.fileKey)
    } catch {
      case _: NoSuchFileException => throw new IllegalArgumentException(s"the fastText model $path does not exist")
      case error: IOException     => throw new IllegalArgumentException(s"the fastText model $path cannot be read: $error")
    }

  private def load(path: Path, digest: Option[String], state: Any): Loaded =
    try {
      digest.foreach { wanted =>
        val found = sha256(path)
        if (found != wanted) throw new IllegalArgumentException(s"the fastText model $path has sha256 $found, not $wanted")
      }
      Loaded(state, Model.read(path))
    } catch {
      case error: IOException => throw new IllegalArgumentException(s"the fastText model $path cannot be read: $error")
    }

  private def sha256(path: Path): String = {
    val digest = MessageDigest.getInstance("SHA-256")
    val block = new Array[Byte](1 << 20)
    val stream = Files.newInputStream(path)
    try {
      var read = stream.read(block)
      while (read >= 0) {
        digest.update(block, 0, read)
        read = stream.read(block)
      }
    } finally stream.close()
    digest.digest().map(byte => f"$byte%02x").mkString
  }
}
