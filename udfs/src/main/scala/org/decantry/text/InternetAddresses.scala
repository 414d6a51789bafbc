package org.decantry.text

import com.ibm.icu.lang.UCharacter

/** Public IPv4 addresses in dotted notation, for `WebAddresses`: four octets, the first from 1 to 223, the last from 1 to
  * 254, and not in 10/8, 127/8, 169.254/16, 172.16/12 or 192.168/16. If the rule allows any digit, digits of any script
  * match. Source of the rule: spaCy 3.8 `lang/tokenizer_exceptions.py` (URL_PATTERN).
  */
private[text] object InternetAddresses {
  private val longest = 15

  /** Stands for a digit of another script. */
  private val otherDigit = '\u0660'

  /** The end of the address that begins at `from` (before `:`, `/`, `?`, `#` or `until`); -1 if there is none. */
  def end(chars: Array[Char], from: Int, until: Int): Int = {
    if (from >= until || chars(from) < '1' || chars(from) > '9') return -1
    val marks = new java.lang.StringBuilder(longest)
    var i = from
    while (i < until && ":/?#".indexOf(chars(i)) < 0) {
      val point = Character.codePointAt(chars, i, until)
      if (marks.length == longest) return -1
      if (point < 0x80) marks.append(point.toChar)
      else if (UCharacter.isDigit(point)) marks.append(otherDigit)
      else return -1
      i += Character.charCount(point)
    }
    val octets = marks.toString.split("\\.", -1)
    if (isPublic(octets)) i else -1
  }

  private def isPublic(octets: Array[String]): Boolean =
    octets.length == 4 && isFirst(octets(0)) && isMiddle(octets(1)) && isMiddle(octets(2)) && isLast(octets(3)) &&
      !isPrivate(octets(0), octets(1))

  private def isFirst(octet: String): Boolean =
    fits(octet, "x") || fits(octet, "xd") || fits(octet, "1dd") ||
      (octet.length == 3 && octet(0) == '2' && (("01".indexOf(octet(1)) >= 0 && isDigit(octet(2))) ||
        (octet(1) == '2' && "0123".indexOf(octet(2)) >= 0)))

  private def isMiddle(octet: String): Boolean =
    fits(octet, "d") || fits(octet, "dd") || fits(octet, "1dd") || twoHundreds(octet, "012345")

  private def isLast(octet: String): Boolean =
    fits(octet, "x") || fits(octet, "xd") || fits(octet, "1dd") || twoHundreds(octet, "01234")

  private def twoHundreds(octet: String, lastAfter25: String): Boolean =
    octet.length == 3 && octet(0) == '2' && (("01234".indexOf(octet(1)) >= 0 && isDigit(octet(2))) ||
      (octet(1) == '5' && lastAfter25.indexOf(octet(2)) >= 0))

  private def isPrivate(first: String, second: String): Boolean =
    first == "10" || first == "127" || (first == "169" && second == "254") || (first == "192" && second == "168") ||
      (first == "172" && second.length == 2 && ((second(0) == '1' && "6789".indexOf(second(1)) >= 0) ||
        second(0) == '2' || second == "30" || second == "31"))

  /** Whether an octet has the given shape: `x` is 1 to 9, `d` any digit, anything else itself. */
  private def fits(octet: String, shape: String): Boolean =
    octet.length == shape.length && octet.indices.forall { i =>
      shape(i) match {
        case 'x' => octet(i) >= '1' && octet(i) <= '9'
        case 'd' => isDigit(octet(i))
        case other => octet(i) == other
      }
    }

  private def isDigit(mark: Char): Boolean = mark == otherDigit || (mark >= '0' && mark <= '9')
}
