package org.decantry.text

/** The words that no language of spaCy cuts. Source: spaCy 3.8 `lang/tokenizer_exceptions.py`. */
private[text] object SharedExceptions {
  val all: Seq[String] =
    ("' '' C++ — \\t \\n \\\") <space> ä. ö. ü.".split(' ') ++ ('a' to 'z').map(letter => s"$letter.")).toSeq ++
      Emoticons.all
}
