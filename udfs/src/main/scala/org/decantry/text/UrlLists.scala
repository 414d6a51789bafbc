package org.decantry.text

import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path, Paths}
import java.util.concurrent.ConcurrentHashMap

/** The parts of an address that are listed, and its banned words.
  *
  * @param domain    its registered domain is listed
  * @param subdomain its host is listed
  * @param url       the complete address is listed
  * @param hardWords the number of hard words among its words
  * @param softWords the number of soft words among its words
  * @param subword   whether its letters and digits, joined, contain a banned subword
  */
final case class UrlMatch(
    domain: Boolean,
    subdomain: Boolean,
    url: Boolean,
    hardWords: Int,
    softWords: Int,
    subword: Boolean
)

/** The URL rules, with lists that jobs/setup compiled. A folder is read once in each JVM, and must not change afterwards.
  *
  * Source: datatrove 0.10.1 `pipeline/filters/url_filter.py`. As there, words are compared with their case while
  * the lists are in lower case, each listed word counts once, and banned subwords match across separators. A host
  * without a registered domain (an IP address, `localhost`) is on no list of domains.
  */
object UrlLists {
  private val loaded = new ConcurrentHashMap[String, UrlLists]()

  /** @param domain the registered domain; null or empty if there is none
    * @param host   the full host name; null or empty if there is none
    * @param folder the folder of the compiled lists
    */
  def matches(url: String, domain: String, host: String, folder: String): UrlMatch =
    of(folder).matches(url, domain, host)

  private def of(folder: String): UrlLists = {
    val known = loaded.get(folder)
    if (known != null) known else loaded.computeIfAbsent(folder, read(_))
  }

  private def read(folder: String): UrlLists = {
    val path = Paths.get(folder)
    for (name <- Seq("domains.u64", "urls.u64", "banned_words.txt", "soft_banned_words.txt", "banned_subwords.txt"))
      if (!Files.isRegularFile(path.resolve(name)))
        throw new IllegalArgumentException(s"url_match: $folder holds no compiled URL lists ($name is missing)")
    new UrlLists(
      KeySet.open(path.resolve("domains.u64")),
      KeySet.open(path.resolve("urls.u64")),
      new WordSet(lines(path.resolve("banned_words.txt"))),
      new WordSet(lines(path.resolve("soft_banned_words.txt"))),
      new SubwordSearch(lines(path.resolve("banned_subwords.txt")))
    )
  }

  private def lines(path: Path): Seq[String] =
    new String(Files.readAllBytes(path), UTF_8).split('\n').toSeq.map(_.trim).filter(_.nonEmpty)
}

private[text] final class UrlLists(
    domains: KeySet,
    urls: KeySet,
    hardWords: WordSet,
    softWords: WordSet,
    subwords: SubwordSearch
) {

  def matches(url: String, domain: String, host: String): UrlMatch = {
    val registered = domain != null && domain.nonEmpty
    UrlMatch(
      domain = registered && domains.contains(domain),
      subdomain = registered && host != null && host.nonEmpty && domains.contains(host),
      url = urls.contains(url),
      hardWords = hardWords.countIn(url),
      softWords = softWords.countIn(url),
      subword = subwords.isIn(url)
    )
  }
}
