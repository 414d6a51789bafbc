package org.decantry.text

/** The number of GPT-2 tokens of a text, as the tokenizers library counts them for datatrove 0.10.1
  * `pipeline/tokens/counter.py`: no token is added at the end, and `<|endoftext|>` in the text is one token.
  */
object Gpt2Tokens {
  private val EndOfText = "<|endoftext|>"
  private val workspace = ThreadLocal.withInitial[Gpt2Encoder](() => new Gpt2Encoder)

  def count(text: String): Int = {
    val encoder = workspace.get
    val chars = text.toCharArray
    var total = 0
    var from = 0
    while (from <= text.length) {
      val special = text.indexOf(EndOfText, from)
      val until = if (special < 0) text.length else special
      while (from < until) {
        val end = Gpt2Pieces.end(chars, from, until)
        total += encoder.count(chars, from, end)
        from = end
      }
      if (special >= 0) total += 1
      from = if (special < 0) text.length + 1 else special + EndOfText.length
    }
    total
  }
}
