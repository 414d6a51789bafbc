package org.decantry.text

/** Emoticons of punctuation, which are not cut. Source: spaCy 3.8 `lang/tokenizer_exceptions.py`. */
private[text] object Emoticons {

  private def faces(eyes: String, noses: Seq[String], mouths: String): Seq[String] =
    for (nose <- noses; mouth <- mouths.split(' ').toSeq) yield eyes + nose + mouth

  private val withOrWithoutNose = Seq("", "-")

  val all: Seq[String] =
    faces(":", withOrWithoutNose, ") )) ))) ] } ( (( ((( / | P p O o 0 * 3 > X x D") ++
      faces(";", withOrWithoutNose, ") D") ++
      faces("8", withOrWithoutNose, ") D") ++
      faces(":'", withOrWithoutNose, ") (") ++
      faces("=", Seq(""), ") ] ( [ / | 3 D") ++
      faces(":", Seq(""), "1 o) ()") ++
      faces(">:", Seq(""), "( o") ++
      faces("(", withOrWithoutNose, ": ;") ++
      faces("[", withOrWithoutNose, ":") ++
      faces(")", withOrWithoutNose, ":") ++
      ("(-8 (o: (= [= ]= xD XD xDD XDD ^_^ ^__^ ^___^ >.< >.> <.< ._. ;_; -_- -__- v.v V.V v_v V_V " +
        "o_o o_O O_o O_O 0_o o_0 0_0 o.O O.o O.O o.o 0.0 o.0 0.o @_@ <3 <33 <333 </3 " +
        "(^_^) (-_-) (._.) (>_<) (*_*) (¬_¬) ಠ_ಠ ಠ︵ಠ (ಠ_ಠ) " +
        "¯\\(ツ)/¯ (╯°□°）╯︵┻━┻ ><(((*>").split(' ')
}
