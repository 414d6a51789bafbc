package org.decantry.text

import java.nio.{ByteBuffer, ByteOrder}

/** MinHash signatures and their bands, equal to datatrove 0.10.1 `pipeline/dedup/minhash.py` (`MinhashDedupSignature`,
  * 64-bit hashes): word n-grams of the normalised text, joined by spaces, hashed. The signature
  * has the smallest value of each random function. N-grams of code points are our addition.
  */
object MinHash {
  private val none = new Array[Long](0)
  private val workspace = ThreadLocal.withInitial[Shingles](() => new Shingles)

  /** `bands * rows` values below 2^61 - 1, band after band; empty if the text has no words (or characters). A text with
    * fewer words than `ngram` is one n-gram as a whole: the peer gives it no signature.
    *
    * @param hash     `sha1` (its first 8 bytes, little-endian) or `xxh64`
    * @param unit     `word` or `character`
    * @param language whose words they are: see `Words`
    */
  def signature(
      text: String,
      ngram: Int,
      bands: Int,
      rows: Int,
      seed: Long,
      hash: String,
      unit: String = "word",
      language: String = "en"
  ): Array[Long] = {
    require(ngram > 0 && bands > 0 && rows > 0, "minhash: ngram, bands and rows must be 1 or more")
    val shingles = workspace.get
    shingles.fill(text, ngram, ShingleHash.named(hash), ShingleUnit.named(unit), language)
    if (shingles.length == 0) none
    else Permutations.of(bands * rows, seed).minima(shingles.values, shingles.length)
  }

  /** One key for each band: XXH64 with seed 0 over the band's values, each as 8 bytes little-endian. Two texts share a band
    * if their keys at the same index are equal. Different values have the same key with probability 2^-64. Empty if the
    * signature is.
    */
  def bandKeys(
      text: String,
      ngram: Int,
      bands: Int,
      rows: Int,
      seed: Long,
      hash: String,
      unit: String = "word",
      language: String = "en"
  ): Array[Long] = {
    val values = signature(text, ngram, bands, rows, seed, hash, unit, language)
    if (values.length == 0) none
    else {
      val bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN)
      values.foreach(bytes.putLong(_))
      Array.tabulate(bands)(band => XxHash64.hash(bytes, band * rows * 8, (band + 1) * rows * 8, 0))
    }
  }

  /** The hashes of the text's distinct n-grams, sorted. The Jaccard similarity of two texts is computed from them. */
  def shingles(text: String, ngram: Int, hash: String, unit: String, language: String = "en"): Array[Long] = {
    require(ngram > 0, "shingles: ngram must be 1 or more")
    val found = workspace.get
    found.fill(text, ngram, ShingleHash.named(hash), ShingleUnit.named(unit), language)
    val sorted = java.util.Arrays.copyOf(found.values, found.length)
    java.util.Arrays.sort(sorted)
    var different = 0
    var i = 0
    while (i < sorted.length) {
      if (i == 0 || sorted(i) != sorted(i - 1)) {
        sorted(different) = sorted(i)
        different += 1
      }
      i += 1
    }
    java.util.Arrays.copyOf(sorted, different)
  }
}
