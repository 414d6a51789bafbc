package org.decantry.text

/** Replaces e-mail addresses and public IPv4 addresses, in linear time. A replacement depends on its match alone, so the
  * result does not depend on other texts.
  *
  * Source: datatrove 0.10.1 `pipeline/formatters/pii.py`: first all e-mail addresses, then all IP addresses in the result.
  * In datatrove, a process uses the replacements in turn.
  */
object Pii {
  private val emails = Array("email@example.com", "firstname.lastname@example.org")

  // Addresses that did not respond when datatrove's authors chose them.
  private val addresses =
    Array("22.214.171.124", "126.96.36.199", "188.8.131.52", "184.108.40.206", "220.127.116.11", "18.104.22.168")

  def redact(text: String): String = redactAddresses(redactEmails(text))

  /** The replacement of a match: number `h mod n`, with h the first 8 bytes of its SHA-1, little-endian and unsigned. */
  private def replacement(found: String, among: Array[String]): String =
    among(java.lang.Long.remainderUnsigned(Sha1.hash64(found), among.length.toLong).toInt)

  private def redactEmails(text: String): String = {
    val edit = new Edit(text)
    var at = text.indexOf('@')
    while (at >= 0) {
      if (at >= edit.copied) {
        val end = EmailAddress.hostEnd(text, at + 1)
        val start = if (end < 0) -1 else EmailAddress.localStart(text, at, edit.copied)
        if (start >= 0) edit.replace(start, end, replacement(text.substring(start, end), emails))
      }
      at = text.indexOf('@', at + 1)
    }
    edit.result()
  }

  private def redactAddresses(text: String): String = {
    val edit = new Edit(text)
    var dot = text.indexOf('.')
    while (dot >= 0) {
      if (dot >= edit.passed) {
        val start = Ipv4Address.start(text, dot, edit.passed)
        val end = if (start < 0) -1 else Ipv4Address.end(text, start)
        if (end >= 0) {
          if (Ipv4Address.isPublic(text, start, end))
            edit.replace(start, end, replacement(text.substring(start, end), addresses))
          edit.passed = end
        }
      }
      dot = text.indexOf('.', dot + 1)
    }
    edit.result()
  }

  /** A copy of a text that is made at the first replacement. */
  private final class Edit(text: String) {
    private var out: java.lang.StringBuilder = null

    /** The index up to which the text is copied: the end of the last replaced match. */
    var copied = 0

    /** The index up to which the text is searched: the end of the last match, replaced or not. */
    var passed = 0

    def replace(start: Int, end: Int, by: String): Unit = {
      if (out == null) out = new java.lang.StringBuilder(text.length)
      out.append(text, copied, start).append(by)
      copied = end
    }

    def result(): String = if (out == null) text else out.append(text, copied, text.length).toString
  }
}
