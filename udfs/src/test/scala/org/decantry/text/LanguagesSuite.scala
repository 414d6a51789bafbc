package org.decantry.text

class LanguagesSuite extends munit.FunSuite {

  private def words(text: String, language: String): String = Words.words(text, language).mkString(" ")

  test("by ICU's dictionaries") {
    assertEquals(words("私は東京に住んでいます。", "ja"), "私 は 東京 に 住 んで い ます 。")
    assertEquals(words("apt-get lib_2.7.9.so, 5% --- ... café", "lo"), "apt - get lib _ 2.7 . 9 . so , 5% --- ... café")
    assertEquals(words("第12.1版 <<< apt-get", "ja"), "第 12.1 版 < < < apt - get")
    assertEquals(words("FCM107BKは1,000円、v1.5.2 1.5. 1,000. 1,000.5. 12:30", "ja"), "FCM 107 BK は 1,000 円 、 v 1 . 5 . 2 1 . 5 . 1,000 . 1,000 . 5 . 12 : 30")
    assertEquals(words("---- .... .. 5% 3,4567", "ja"), "---- ... . . . 5 % 3 , 4567")
    assertEquals(words("http://www.a.jp https://a WWW.a http: awww.a", "ja"), "http:// www. a . jp https : / / a WWW. a http : awww . a")
    assertEquals(words("..." + "\u0308", "ja"), "... " + "\u0308")
    assertEquals(words("ຂ້ອຍຮັກເມືອງລາວ", "lo"), "ຂ້ອຍ ຮັກ ເມືອງ ລາວ")
    assertEquals(words("ខ្ញុំចូលចិត្តអានសៀវភៅ។", "km"), "ខ្ញុំ ចូលចិត្ត អាន សៀវភៅ ។")
    assertEquals(words("မြန်မာစာကိုဖတ်သည်။", "my"), "မြန်မာ စာ ကို ဖတ်သည် ။")
    assertEquals(words("བཀྲ་ཤིས་བདེ་ལེགས།", "bo"), "བཀྲ་ ཤིས་ བདེ་ ལེགས །")
  }

  test("at spaces, with punctuation split off") {
    assertEquals(words("Wie geht’s? Am 3.10. kostet es 5,50 €.", "de"), "Wie geht’s ? Am 3.10. kostet es 5,50 € .")
    assertEquals(words("Die E-Mail-Adresse--genau! 3-5", "de"), "Die E-Mail-Adresse -- genau ! 3 - 5")
    assertEquals(words("Den 3. maj 2014-2016", "da"), "Den 3. maj 2014-2016")
    assertEquals(words("El ex-presidente, 3. 2014-2016", "es"), "El ex-presidente , 3 . 2014-2016")
    assertEquals(words("L'homme s’en va, est-ce ?", "fr"), "L' homme s’ en va , est - ce ?")
    assertEquals(words("dell'acqua d'Italia", "it"), "dell' acqua d' Italia")
    assertEquals(words("l'home d'aquí, avant-ahir", "ca"), "l' home d' aquí , avant-ahir")
    assertEquals(words("Привет, мир! Это тест.", "ru"), "Привет , мир ! Это тест .")
    assertEquals(words("مرحبا، كيف حالك؟", "ar"), "مرحبا ، كيف حالك ؟")
    assertEquals(words("שלום, מה שלומך?", "he"), "שלום , מה שלומך ?")
    assertEquals(words("ሰላም፣ ዓለም።", "am"), "ሰላም ፣ ዓለም ።")
  }

  test("Korean before particles, and between Hangul and others") {
    assertEquals(words("저는 책을 읽습니다. (정말!)", "ko"), "저 는 책 을 읽습니 다 . ( 정말 ! )")
    assertEquals(words("학교에서 2024년까지", "kor_Hang"), "학교 에서 2024 년 까지")
    assertEquals(words("이 IBM에서는 은", "ko"), "이 IBM 에서는 은")
  }

  test("words with spaces in the scripts of other languages that FineWeb2 has thresholds for") {
    val texts = Map(
      "nqo_Nkoo" -> "ߒߞߏ ߞߊ߲", "tzm_Tfng" -> "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⵏⴰⵡⴰⵢⵜ", "chr_Cher" -> "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "mvf_Mong" -> "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ",
      "sat_Olck" -> "ᱥᱟᱱᱛᱟᱲᱤ ᱯᱟᱹᱨᱥᱤ", "ike_Cans" -> "ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ", "div_Thaa" -> "ދިވެހި ބަސް", "lis_Lisu" -> "ꓡꓲ ꓢꓴ", "aii_Syrc" -> "ܠܫܢܐ ܣܘܪܝܝܐ",
      "kat_Geor" -> "ქართული ენა", "hye_Armn" -> "հայերեն լեզու", "got_Goth" -> "𐌲𐌿𐍄𐌹𐍃𐌺 𐍂𐌰𐌶𐌳𐌰"
    )
    for ((label, text) <- texts) assertEquals(words(s"$text, $text", label), s"$text , $text", label)
  }

  test("the marks of South Asia") {
    assertEquals(words("यह किताब है। मूल्य 12.50, समय 10:30॥", "hi"), "यह किताब है । मूल्य 12.50 , समय 10:30 ॥")
    assertEquals(words("আমি বই পড়ি। কেন?", "bn"), "আমি বই পড়ি । কেন ?")
    assertEquals(words("یہ کتاب ہے۔ کیوں؟", "ur"), "یہ کتاب ہے ۔ کیوں؟")
  }

  test("the labels of the models name the same languages") {
    val labels = Seq(
      "我喜欢吃苹果。" -> Seq("zh", "cmn_Hani", "zho_Hans", "zh-Hant", "yue", "yue_Hani", "wuu", "lzh_Hani"),
      "雨です。" -> Seq("ja", "jpn_Jpan"),
      "ภาษาไทยง่าย" -> Seq("th", "tha_Thai"),
      "है।" -> Seq("hi", "hin_Deva", "mr", "ne", "npi_Deva", "sa"),
      "ہے۔" -> Seq("ur", "urd_Arab", "pnb"),
      "can't" -> Seq("en", "eng", "eng_Latn", "EN", "en-GB")
    )
    for ((text, names) <- labels; name <- names) assertEquals(words(text, name), words(text, names.head), name)
    assertEquals(words("can't", "de"), "can't")
  }

  test("the script of the label takes precedence over the usual script of the language") {
    assertEquals(words("kitab hai।ok", "hin_Latn"), words("kitab hai।ok", "id"))
  }

  test("without a language the script of the text decides, and Latin is English") {
    for (unknown <- Seq(null, "", "und", "und_Zyyy"))
      for (text <- Seq("我喜欢吃苹果。", "ภาษาไทยง่าย", "है।", "can't", "Привет, мир!", "!?", "")) {
        val like = Map('我' -> "zh", 'ภ' -> "th", 'ह' -> "hi", 'П' -> "ru").getOrElse(text.headOption.getOrElse(' '), "en")
        assertEquals(words(text, unknown), words(text, like))
      }
    for (strange <- Seq("xx", "xx_none", "xx_Zzzz", "_", "日本", "zxx")) {
      assertEquals(words("can't", strange), "can't", strange)
      assertEquals(words("我喜欢吃苹果。", strange), "我 喜欢 吃 苹果 。", strange)
    }
  }

  test("no character is lost or doubled, but for white space") {
    val dice = new scala.util.Random(1)
    val units = Seq("http://", "www.", "...", "1,000", "2.5", "a", "Z", "9", ".", ",", "-", "%", "/", "_", "é", "\u0308", "\u200d", " ",
      "\n", "\u3000", "日本", "の", "ー", "カ", "我", "的", "龘", "คน", "ไ", "ລາວ", "한", "བ་", "😀")
    for (language <- Seq("ja", "zh", "lo", "th", "ko", "bo", "hi"); _ <- 1 to 500) {
      val text = Seq.fill(dice.nextInt(20))(units(dice.nextInt(units.length))).mkString
      val found = Words.words(text, language).mkString
      assertEquals(found.filterNot(PythonText.isSpace(_)), text.filterNot(PythonText.isSpace(_)), s"$language: $text")
    }
  }

  test("sentences") {
    assertEquals(Sentences.sentences("雨です。傘を。", "ja").toSeq, Seq("雨です。", "傘を。"))
    assertEquals(Sentences.sentences("यह है। वह नहीं॥ क्यों?", "hi").toSeq, Seq("यह है।", "वह नहीं॥", "क्यों?"))
    assertEquals(Sentences.sentences("Gut. Wie geht’s? Ja!", "de").toSeq, Seq("Gut.", "Wie geht’s?", "Ja!"))
    assertEquals(Sentences.sentences("مرحبا. كيف حالك؟ جيد.", "ar").toSeq, Seq("مرحبا.", "كيف حالك؟", "جيد."))
  }
}
