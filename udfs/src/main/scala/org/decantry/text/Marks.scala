package org.decantry.text

/** The marks at which the peer's tokenizer cuts words, as code points (see `Alphabets` for the notation of
  * ranges). Source: spaCy 3.8 `lang/char_classes.py` and `lang/punctuation.py`.
  */
private[text] object Marks {
  /** Symbols, dingbats, emoji: each one is a prefix, a suffix and an infix. */
  val Icons: String =
    """
    A6 A9 AE B0 482 58D-58E 60E-60F 6DE 6E9 6FD-6FE 7F6 9FA B70 BF3-BF8 BFA C7F D4F D79 F01-F03 F13 F15-F17
    F1A-F1F F34-F38/2 FBE-FC5 FC7-FCC FCE-FCF FD5-FD8 109E-109F 1390-1399 1940 19DE-19FF 1B61-1B6A 1B74-1B7C
    2100-2101 2103-2106 2108-2109 2114 2116-2117 211E-2123 2125-2129/2 212E 213A-213B 214A 214C-214D 214F
    218A-218B 2195-2199 219C-219F 21A1-21A2 21A4-21A5 21A7-21AD 21AF-21CD 21D0-21D1 21D3 21D5-21F3 2300-2307
    230C-231F 2322-2328 232B-237B 237D-239A 23B4-23DB 23E2-2426 2440-244A 249C-24E9 2500-25B6 25B8-25C0
    25C2-25F7 2600-266E 2670-2767 2794-27BF 2800-28FF 2B00-2B2F 2B45-2B46 2B4D-2B73 2B76-2B95 2B98-2BC8
    2BCA-2BFE 2CE5-2CEA 2E80-2E99 2E9B-2EF3 2F00-2FD5 2FF0-2FFB 3004 3012-3013 3020 3036-3037 303E-303F
    3190-3191 3196-319F 31C0-31E3 3200-321E 322A-3247 3250 3260-327F 328A-32B0 32C0-32FE 3300-33FF 4DC0-4DFF
    A490-A4C6 A828-A82B A836-A837 A839 AA77-AA79 FDFD FFE4 FFE8 FFED-FFEE FFFC-FFFD 10137-1013F 10179-10189
    1018C-1018E 10190-1019B 101A0 101D0-101FC 10877-10878 10AC8 1173F 16B3C-16B3F 16B45 1BC9C 1D000-1D0F5
    1D100-1D126 1D129-1D164 1D16A-1D16C 1D183-1D184 1D18C-1D1A9 1D1AE-1D1E8 1D200-1D241 1D245 1D300-1D356
    1D800-1D9FF 1DA37-1DA3A 1DA6D-1DA74 1DA76-1DA83 1DA85-1DA86 1ECAC 1F000-1F02B 1F030-1F093 1F0A0-1F0AE
    1F0B1-1F0BF 1F0C1-1F0CF 1F0D1-1F0F5 1F110-1F16B 1F170-1F1AC 1F1E6-1F202 1F210-1F23B 1F240-1F248
    1F250-1F251 1F260-1F265 1F300-1F3FA 1F400-1F6D4 1F6E0-1F6EC 1F6F0-1F6F9 1F700-1F773 1F780-1F7D8
    1F800-1F80B 1F810-1F847 1F850-1F859 1F860-1F887 1F890-1F8AD 1F900-1F90B 1F910-1F93E 1F940-1F970
    1F973-1F976 1F97A 1F97C-1F9A2 1F9B0-1F9B9 1F9C0-1F9C2 1F9D0-1F9FF 1FA60-1FA6D
    """

  /** Opening and closing quotation marks, corner brackets and the comma, which is a quotation mark for the peer. */
  val Quotes: String = "22 27 2C 60 AB B4 BB 2018-201A 201C-201E 2329-232A 27E6-27E7 3008-3011 3014-3015 FF08-FF09"

  /** Punctuation that is cut off at both ends of a word. The full stop is not included, because it has its own rules. */
  val Punctuation: String =
    "21 23 26 28-2A 2C 3A-3C 3E-3F 5B 5D 5F 7B 7D A1 B7 BF 60C 61B 61F 66A 6D4 964 2026 3001-3002 " +
      "FF01 FF0C FF1A-FF1B FF1F FF5E"

  /** Currency signs: a prefix everywhere, a suffix after a digit. */
  val Currencies: String = "24 A3 A5 E3F 20A0-20BF FDFC"

  /** Prefixes only: percent, equals and section signs. */
  val PrefixOnly: String = "25 3D A7"

  /** En and em dash: prefixes and suffixes, but not punctuation for the peer. */
  val Dashes: String = "2013-2014"

  /** A full stop is cut off after these, lower-case letters, digits, quotes and punctuation. The vertical bar is included
    * because the peer puts its alternation of punctuation inside a character class.
    */
  val BeforeFullStop: String = "25 28-29 2B 2D 3A 3F 7C B2"

  /** The characters at which an infix may begin, besides icons and the ellipsis. */
  val Infixes: String = "2A-2F 3A 3C-3E 5E 7E 2013-2014"

  /** Python's `str.isspace`, which separates words and which `str.strip` removes. */
  val Spaces: String = "9-D 1C-20 85 A0 1680 2000-200A 2028-2029 202F 205F 3000"

  /** Units of measurement, cut off after an ASCII digit; so are currencies. One entry joins two units, because
    * the peer's list lacks a space between them.
    */
  val Units: Array[String] =
    ("km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz m/s km/h kmh " +
      "mph hPa Pa mbar mb MB kb KB gb GB tb TB T G M K % " +
      "км км² км³ м м² м³ дм дм² дм³ см см² см³ мм мм² мм³ нм кг г мг м/с км/ч кПа " +
      "Па мбар Кб КБ кб Мб МБ мб Гб ГБ гб Тб ТБ тбكم كم² كم³ م م² م³ سم سم² سم³ مم " +
      "مم² مم³ كم غرام جرام جم كغ ملغ كوب اكواب " +
      "US$ C$ A$").split(' ')
}
