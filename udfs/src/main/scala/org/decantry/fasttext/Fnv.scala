package org.decantry.fasttext

/** FNV-1a with 32 bits over signed bytes, as in fastText: bytes from 128 on flip the upper bits too.
  *
  * Source: facebookresearch/fastText src/dictionary.cc (hash).
  */
private[fasttext] object Fnv {
  final val Start = 0x811c9dc5
  private final val Prime = 0x01000193

  def next(hash: Int, byte: Byte): Int = (hash ^ byte) * Prime

  def hash(bytes: Array[Byte], from: Int, until: Int): Int = {
    var hash = Start
    var i = from
    while (i < until) {
      hash = next(hash, bytes(i))
      i += 1
    }
    hash
  }
}
