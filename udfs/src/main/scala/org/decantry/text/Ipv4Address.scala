package org.decantry.text

/** Four octets separated by dots. No boundary is required on either side, so `1234.5.6.7` contains `234.5.6.7`. Sources: the pattern of datatrove 0.10.1 `pipeline/formatters/pii.py`; Python's `ipaddress`.
  */
private[text] object Ipv4Address {

  private def isDigit(unit: Char): Boolean = unit >= '0' && unit <= '9'

  /** Whether the range is one octet: one to three digits, at most 255. */
  def isOctet(text: String, from: Int, until: Int): Boolean = {
    var value = 0
    var i = from
    while (i < until && isDigit(text.charAt(i)) && i - from < 3) {
      value = value * 10 + (text.charAt(i) - '0')
      i += 1
    }
    i == until && until > from && value <= 255
  }

  /** The index after an octet at `from` and the dot that follows it; -1 if they are missing. */
  def octetBeforeDot(text: String, from: Int): Int = {
    var dot = from
    while (dot < text.length && dot - from < 3 && isDigit(text.charAt(dot))) dot += 1
    if (dot < text.length && text.charAt(dot) == '.' && isOctet(text, from, dot)) dot + 1 else -1
  }

  /** The leftmost start from `floor` of an octet that ends at the dot at `dot`; -1 if there is none. */
  def start(text: String, dot: Int, floor: Int): Int = {
    var from = math.max(floor, dot - 3)
    while (from < dot && !isOctet(text, from, dot)) from += 1
    if (from < dot) from else -1
  }

  /** The end of the address whose first octet starts at `start`; -1 if there is none. The last octet has as many
    * digits as possible.
    */
  def end(text: String, start: Int): Int = {
    var at = start
    var octets = 0
    while (octets < 3) {
      at = octetBeforeDot(text, at)
      if (at < 0) return -1
      octets += 1
    }
    var end = math.min(at + 3, text.length)
    while (end > at && !isOctet(text, at, end)) end -= 1
    if (end > at) end else -1
  }

  /** Whether it is an address (no octet has a leading zero) that is globally reachable. */
  def isPublic(text: String, from: Int, until: Int): Boolean = {
    val octets = text.substring(from, until).split('.')
    octets.forall(octet => octet.length == 1 || octet.charAt(0) != '0') && {
      val address = octets.foldLeft(0)((bits, octet) => (bits << 8) | octet.toInt)
      !reserved.exists { case (network, mask) => (address & mask) == network } || reachable.contains(address)
    }
  }

  // IANA, IPv4 Special-Purpose Address Registry: the blocks that are not globally reachable.
  private val reserved: Array[(Int, Int)] = Array(
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4"
  ).map { block =>
    val Array(network, length) = block.split('/')
    (number(network), -1 << (32 - length.toInt))
  }

  // Two addresses of 192.0.0.0/24 are globally reachable.
  private val reachable: Set[Int] = Set("192.0.0.9", "192.0.0.10").map(number)

  private def number(address: String): Int = address.split('.').foldLeft(0)((bits, octet) => (bits << 8) | octet.toInt)
}
