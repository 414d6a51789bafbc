package org.decantry.text

import munit.FunSuite

class PythonTextSuite extends FunSuite {

  test("white space is that of str.isspace, not Java's") {
    assert(Seq(0x1c, 0x85, 0xa0, 0x2007, 0x202f, 0x3000).forall(PythonText.isSpace))
    assert(!Seq(0x0, 0x200b, 0x180e, 0xfeff).exists(PythonText.isSpace))
    assertEquals((0 to 0x10ffff).count(PythonText.isSpace), 29)
  }

  test("line ends are those of str.splitlines") {
    assertEquals((0 to 0xffff).filter(c => PythonText.isLineEnd(c.toChar)),
      IndexedSeq(10, 11, 12, 13, 28, 29, 30, 0x85, 0x2028, 0x2029))
    val chars = "a\r\nb\rc".toCharArray
    assertEquals(PythonText.lineEnd(chars, 0, chars.length), 1)
    assertEquals(PythonText.nextLine(chars, 1, chars.length), 3)
    assertEquals(PythonText.nextLine(chars, 4, chars.length), 5)
  }

  test("letters and digits are those of Unicode 14") {
    assert(PythonText.isAlpha('ª') && PythonText.isAlpha('漢') && PythonText.isAlpha(0x10400))
    assert(!PythonText.isAlpha('٣') && !PythonText.isAlpha(0x301) && !PythonText.isAlpha(0x2160))
    assert(PythonText.isDigit('٣') && !PythonText.isDigit('²'))
    assert(!PythonText.isAlpha(0x31350)) // a letter since Unicode 15
  }
}
