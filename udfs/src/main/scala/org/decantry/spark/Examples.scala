package org.decantry.spark

/** Examples of the native functions for `DESCRIBE FUNCTION EXTENDED`. A test runs those that have a result. */
private[decantry] object Examples {

  /** By function: what to select, and its value; "" if it needs a file. */
  private val all: Map[String, Seq[(String, String)]] = Map(
    "gopher_repetition" -> Seq("round(gopher_repetition('a b c\\na b c').dup_line_frac, 2)" -> "0.5"),
    "gopher_quality" -> Seq(
      "gopher_quality('The cat sat on the mat.', 'en').words" -> "6",
      "gopher_quality('# one # two', 'en').hash_ratio" -> "0.5"
    ),
    "c4_lines" -> Seq("c4_lines('This line has many words.\\nToo short.', true).lines_dropped" -> "1"),
    "fineweb_quality" -> Seq("fineweb_quality('One line.\\nno mark').line_punct_ratio" -> "0.5"),
    "normalize_text" -> Seq("normalize_text('Été, 3.5 kg!')" -> "ete 0 kg"),
    "minhash" -> Seq("size(minhash('one two three four five six', 5, 14, 8, 1L))" -> "14"),
    "minhash_signature" -> Seq("size(minhash_signature('one two three four five six', 5, 14, 8, 1L))" -> "112"),
    "shingles" -> Seq("size(shingles('one two three four five six', 5))" -> "2"),
    "paragraph_keys" -> Seq("array_distinct(paragraph_keys('twice\\ntwice')) = paragraph_keys('twice')" -> "true"),
    "redact_pii" -> Seq("redact_pii('no address here')" -> "no address here"),
    "gpt2_tokens" -> Seq("gpt2_tokens('Hello world')" -> "2"),
    "url_match" -> Seq("url_match(url, domain, host, '/path/to/lists').domain FROM documents" -> ""),
    "fasttext" -> Seq("fasttext(text, '/path/to/model.bin', 2)[0].label FROM documents" -> ""),
    "fasttext_probability" -> Seq("fasttext_probability(text, '/path/to/model.bin', 'hq') FROM documents" -> ""),
    "words" -> Seq("words('It works.', 'en')" -> "[\"It\",\"works\",\".\"]"),
    "sentences" -> Seq("size(sentences('One. And two.', 'en'))" -> "2"),
    "model_words" -> Seq("model_words('Two\\nlines')" -> "two ¶-s lines ¶-s"),
    "script_of" -> Seq("script_of('Ελληνικά')" -> "Grek"),
    "extract_page" -> Seq(
      "extract_page('<title>Sun</title><h1>Sun</h1><p>The sun is out today and it is warm.</p>').title" -> "Sun"
    ),
    "distinct_words" -> Seq("distinct_words('the cat and the dog', 'en', array('the', 'and', 'of'))" -> "2"),
    "listed_words" -> Seq("listed_words(text, language, '/path/to/lists', 'gsw_Latn') FROM documents" -> ""),
    "drop_symbol_lines" -> Seq("drop_symbol_lines('A line of words.')" -> "A line of words."),
    "repair_text" -> Seq("repair_text('Ã©tÃ©')" -> "été"),
    "chinese_form" -> Seq("chinese_form('这个学习网站')" -> "cmn_Hans"),
    "bad_words" -> Seq("bad_words(text, language, '/path/to/list.txt').bad_words FROM documents" -> ""),
    "chinese_characters" -> Seq("chinese_characters('这').simplified_only" -> "1"),
    "curator_heuristics" -> Seq("curator_heuristics('one two').words" -> "2"),
    "massiveweb_quality" -> Seq("massiveweb_quality('one two').words" -> "2"),
    "massiveweb_repetition" -> Seq("massiveweb_repetition('one line\\none line').dup_line_frac" -> "1.0"),
    "refinedweb_lines" -> Seq("refinedweb_lines('These are five plain words.').words_before" -> "5"),
    "remove_urls" -> Seq("remove_urls('See example.com')" -> "See"),
    "unicode_words" -> Seq("unicode_words('It works')" -> "[\"It\",\"works\"]"),
    "zhtw_layout" -> Seq("zhtw_layout('這是一句話。').line_punct_ratio" -> "1.0"),
    "zhtw_lines" -> Seq("zhtw_lines('這是一句話。').lines_dropped" -> "0"),
    "zhtw_quality" -> Seq("zhtw_quality('這#').hash_ratio" -> ""),
    "once" -> Seq("once(1 + 1)" -> "2")
  )

  /** The examples of the function in Spark's form; empty if there are none. */
  def of(name: String): String = {
    val lines = all.getOrElse(name, Nil).map { case (value, result) =>
      s"      > SELECT $value;\n" + (if (result.isEmpty) "" else s"       $result\n")
    }
    if (lines.isEmpty) "" else s"\n    Examples:\n${lines.mkString}  "
  }
}
