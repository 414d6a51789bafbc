package org.decantry.text

import java.nio.{ByteBuffer, ByteOrder}

/** MinHash signatures and their bands, equal to datatrove 0.10.1 `pipeline/dedup/minhash.py` (`MinhashDedupSignature`,
  * English, 64-bit hashes): word n-grams of the normalised text, joined by spaces, hashed, and per random function the
  * smallest value.
  */
object MinHash {
  private val none = new Array[Long](0)
  private val workspace = ThreadLocal.withInitial[Shingles](() => new Shingles)

  /** `bands * rows` values below 2^61 - 1, band after band; empty when the text has fewer than `ngram` words.
    *
    * @param hash `sha1` (its first 8 bytes, little-endian) or `xxh64`
    */
  def signature(text: String, ngram: Int, bands: Int, rows: Int, seed: Long, hash: String): Array[Long] = {
    require(ngram > 0 && bands > 0 && rows > 0, "minhash: ngram, bands and rows must be 1 or more")
    val shingles = workspace.get
    shingles.fill(text, ngram, ShingleHash.named(hash))
    if (shingles.length == 0) none
    else Permutations.of(bands * rows, seed).minima(shingles.values, shingles.length)
  }

  /** One key a band: XXH64 with seed 0 over the band's values, each as 8 bytes little-endian. Two texts share a band
    * when their keys at the same place are equal; that other values give the same key has a probability of 2^-64 a pair.
    * Empty like the signature.
    */
  def bandKeys(text: String, ngram: Int, bands: Int, rows: Int, seed: Long, hash: String): Array[Long] = {
    val values = signature(text, ngram, bands, rows, seed, hash)
    if (values.length == 0) none
    else {
      val bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN)
      values.foreach(bytes.putLong(_))
      Array.tabulate(bands)(band => XxHash64.hash(bytes, band * rows * 8, (band + 1) * rows * 8, 0))
    }
  }
}
