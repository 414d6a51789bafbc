package org.decantry.text

import java.nio.charset.StandardCharsets.UTF_8
import java.nio.file.{Files, Path}
import java.nio.{ByteBuffer, ByteOrder}

import munit.FunSuite

class UrlListsSuite extends FunSuite {

  private lazy val folder: String = {
    val path = Files.createTempDirectory("lists")
    keys(path.resolve("domains.u64"), Seq("bad.example", "host.mixed.example", "10.0.0.1"))
    keys(path.resolve("urls.u64"), Seq("https://fine.example/one/page"))
    Files.write(path.resolve("banned_words.txt"), "hard\nharder\n".getBytes(UTF_8))
    Files.write(path.resolve("soft_banned_words.txt"), "soft\nsofter\n".getBytes(UTF_8))
    Files.write(path.resolve("banned_subwords.txt"), "casino\nsinner\nxx1\n".getBytes(UTF_8))
    path.toString
  }

  private def keys(path: Path, names: Seq[String]): Unit = {
    val sorted = names.map(Sha1.hash64(_)).sortWith(java.lang.Long.compareUnsigned(_, _) < 0)
    val bytes = ByteBuffer.allocate(sorted.length * 8).order(ByteOrder.LITTLE_ENDIAN)
    sorted.foreach(bytes.putLong(_))
    Files.write(path, bytes.array)
  }

  private def of(url: String, domain: String = "fine.example", host: String = "www.fine.example"): UrlMatch =
    UrlLists.matches(url, domain, host, folder)

  private val nothing = UrlMatch(domain = false, subdomain = false, url = false, 0, 0, subword = false)

  test("an address on no list") {
    assertEquals(of("https://www.fine.example/"), nothing)
    assertEquals(of(""), nothing)
  }

  test("domains, hosts and whole addresses") {
    assertEquals(of("https://bad.example/", "bad.example", "www.bad.example"), nothing.copy(domain = true))
    assertEquals(of("https://host.mixed.example/", "mixed.example", "host.mixed.example"), nothing.copy(subdomain = true))
    assertEquals(of("https://fine.example/one/page"), nothing.copy(url = true))
    assertEquals(of("https://fine.example/one/page/"), nothing)
  }

  test("a host without a registered domain is on no list") {
    assertEquals(of("http://10.0.0.1/", null, "10.0.0.1"), nothing)
    assertEquals(of("http://10.0.0.1/", "", "10.0.0.1"), nothing)
  }

  test("words match whole and with their case, and count once") {
    assertEquals(of("http://a.example/hard-soft_soft/harder?hard"), nothing.copy(hardWords = 2, softWords = 1))
    assertEquals(of("http://a.example/Hard/hardest/softsofter"), nothing)
  }

  test("banned subwords are found across separators and in upper and lower case") {
    assertEquals(of("http://a.example/ca-S.ino"), nothing.copy(subword = true))
    assertEquals(of("http://a.example/casin/ner"), nothing.copy(subword = true))
    assertEquals(of("http://a.example/x%X1"), nothing.copy(subword = true))
    assertEquals(of("http://a.example/casin"), nothing)
  }

  test("a folder without lists is named") {
    val error = intercept[IllegalArgumentException](UrlLists.matches("http://a.example/", null, null, "/no/such/lists"))
    assert(error.getMessage.contains("/no/such/lists"))
  }
}
