package org.decantry.text

/** The exceptions of English tokenisation, each as the pieces of a word. They are generated from stems and endings. Source of the words: spaCy 3.8 `lang/en/tokenizer_exceptions.py` and `lang/tokenizer_exceptions.py`.
  */
private[text] object EnglishExceptions {
  private type Pieces = Seq[String]

  private def list(words: String): Seq[String] = words.trim.split("\\s+").toSeq

  private def capitalised(word: String): String = s"${word.head.toUpper}${word.tail}"

  /** Each stem, in lower case and capitalised, with each ending (its pieces joined by `+`), with and without apostrophes. */
  private def contractions(stems: String, endings: String): Seq[Pieces] =
    for {
      stem <- list(stems)
      ending <- list(endings)
      word <- Seq(stem, capitalised(stem))
      tail <- Seq(ending, ending.replace("'", ""))
    } yield word +: tail.split('+').toSeq

  private val contracted: Seq[Pieces] =
    contractions("i", "'m 'm+a") ++
      contractions("i you he she it we they who what when where why how there that this these those",
        "'ll 'll+'ve 'd 'd+'ve") ++
      contractions("i you we they who what when where why how there these those", "'ve") ++
      contractions("could might must should would", "'ve") ++
      contractions("you we they who what when where why how there these those", "'re") ++
      contractions("he she it who what when where why how there that this", "'s") ++
      contractions("ca could do does did had may might must need ought sha should wo would", "n't n't+'ve") ++
      contractions("ai are is was were have has dare", "n't") ++
      contractions("not", "'ve")

  /** Generated forms that are ordinary words. */
  private val words: Set[String] =
    list("ill its hell shell shed were well whore").flatMap(word => Seq(word, capitalised(word))).toSet

  private val split: Seq[Pieces] =
    list("y'+all y+all how+'d+'y How+'d+'y can+not Can+not gon+na Gon+na got+ta Got+ta let+'s Let+'s c'm+on C'm+on")
      .map(_.split('+').toSeq)

  private val times: Seq[Pieces] =
    for (hour <- 1 to 12; half <- list("a.m. am p.m. pm")) yield Seq(hour.toString, half)

  private val temperatures: Seq[Pieces] = "cfkCFK".map(unit => Seq("°", unit.toString, "."))

  private val droppedG: Seq[String] =
    list("doin goin nothin nuthin ol somethin lovin havin")
      .flatMap(word => Seq(word, capitalised(word)))
      .flatMap(word => Seq(word, word + "'"))

  private val abbreviations: Seq[String] = list("""
    Mt. Ak. Ala. Apr. Ariz. Ark. Aug. Calif. Colo. Conn. Dec. Del. Feb. Fla. Ga. Ia. Id. Ill. Ind. Jan. Jul. Jun. Kan.
    Kans. Ky. La. Mar. Mass. Mich. Minn. Miss. N.C. N.D. N.H. N.J. N.M. N.Y. Neb. Nebr. Nev. Nov. Oct. Okla. Ore. Pa.
    S.C. Sep. Sept. Tenn. Va. Wash. Wis. a.m. Adm. Bros. co. Co. Corp. D.C. Dr. e.g. E.g. E.G. Gen. Gov. i.e. I.e. I.E.
    Inc. Jr. Ltd. Md. Messrs. Mo. Mont. Mr. Mrs. Ms. p.m. Ph.D. Prof. Rep. Rev. Sen. St. vs. v.s. ä. ö. ü.
  """) ++ ('a' to 'z').map(letter => s"$letter.")

  private val others: Seq[String] = list("""
    ' '' 's 'S ‘s ‘S 'd 're 'em em 'll ll 'nuff nuff 'Cause 'cause 'cos 'Cos 'coz 'Coz 'cuz 'Cuz 'bout ma'am Ma'am
    o'clock O'clock and/or w/o C++ — \t \n \") <space>
  """)

  /** All exceptions. Those with a straight apostrophe also occur with the typographic one. */
  val all: Seq[Array[String]] = {
    val whole = (droppedG ++ abbreviations ++ others ++ Emoticons.all).map(Seq(_))
    val straight = contracted.filterNot(pieces => words(pieces.mkString)) ++ split ++ times ++ temperatures ++ whole
    (straight ++ straight.map(_.map(_.replace('\'', '’')))).map(_.toArray)
  }
}
