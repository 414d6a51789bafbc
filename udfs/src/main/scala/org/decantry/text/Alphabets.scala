package org.decantry.text

/** The letters in the peer's tokenizer rules, as code points in hexadecimal: `A-B` is a range, and `A-B/2` has every
  * second code point of it. The rules name alphabets, not Unicode properties, so these lists are narrower than
  * Unicode's letters (no Armenian, Georgian or Thai) and in places wider (whole blocks of Arabic, CJK and Hangul, with
  * their marks and digits). Source: spaCy 3.8 `lang/char_classes.py` (ALPHA, ALPHA_LOWER, ALPHA_UPPER).
  */
private[text] object Alphabets {
  /** Scripts without case. They are in ALPHA, ALPHA_LOWER and ALPHA_UPPER. */
  val Uncased: String =
    """
    591-5F4 620-64A 66E-6D5 6E5-6FF 750-77F 8A0-8BD 900-9FF B80-CFF D80-DFF 1100-137F 2E80-2FDF 2FF0-30FF
    31C0-31EF 3200-4DBF 4E00-9FFF AC00-D7AF F900-FAFF FB1D-FBB1 FBD3-FD3D FD50-FDC7 FDF0-FDFB FE30-FE4F
    FE70-FEFC 1EE00-1EEBB 1F200-1F2FF 20000-2A6DF 2A700-2EBEF 2F800-2FA1F
    """

  /** Small letters of Latin, Greek and Cyrillic. */
  val LowerOnly: String =
    """
    61-7A DF-F6 F8-FF 101-135/2 137-138 13A-146/2 148-149 14B-177/2 17A 17C 17E-180 183 185 188 18C-18D 192
    195 199-19B 19E 1A1-1A5/2 1A8 1AA-1AB 1AD 1B0 1B4 1B6 1B9-1BA 1BD-1BF 1C6 1C9 1CC-1DA/2 1DC-1DD
    1DF-1ED/2 1EF-1F0 1F3 1F5 1F9-231/2 233-239 23C 23F-240 242 247-24D/2 24F-2AF 3AC-3AF 3B1-3C9 3CC-3CE
    430-451 453-45A 45C-45D 491 497 4A3 4AF 4BB 4D9 4E9 1D00-1D25 1D6B-1D77 1D79-1D9A 1E01-1E93/2 1E95-1E9D
    1E9F-1EFF/2 2C61 2C65-2C66 2C68-2C6C/2 2C71 2C73-2C74 2C76-2C7B A723-A72D/2 A72F-A731 A733-A76F/2
    A771-A778 A77A A77C A77F-A787/2 A78C A78E A791 A793-A795 A797-A7A9/2 A7AF A7B5-A7B9/2 A7FA AB30-AB5A
    AB60-AB64 FF41-FF5A
    """

  /** Capital letters of Latin, Greek and Cyrillic. */
  val UpperOnly: String =
    """
    41-5A C0-D6 D8-DE 100-136/2 139-147/2 14A-176/2 178-179 17B 17D 181-182 184 186-187 189-18B 18E-191
    193-194 196-198 19C-19D 19F-1A0 1A2 1A4 1A6-1A7 1A9 1AC 1AE-1AF 1B1-1B3 1B5 1B7-1B8 1BC 1C4 1C7 1CA
    1CD-1DB/2 1DE-1EE/2 1F1 1F4 1F6-1F8 1FA-232/2 23A-23B 23D-23E 241 243-246 248-24E/2 386 388-38A 38C
    38E-38F 391-3A9 400-401 403-40A 40C-40D 410-42F 490 496 4A2 4AE 4BA 4D8 4E8 1E00-1E94/2 1E9E-1EFE/2 2C60
    2C62-2C64 2C67-2C6B/2 2C6D-2C70 2C72 2C75 2C7E-2C7F A722-A72E/2 A732-A76E/2 A779 A77B A77D-A77E
    A780-A786/2 A78B A78D A790 A792 A796-A7A8/2 A7AA-A7AE A7B0-A7B4 A7B6 A7B8 FF21-FF3A
    """

  /** Latin letters that are only in ALPHA: the click letter and the title-case digraphs. */
  val NeitherCase: String =
    """
    1BB 1C5 1C8 1CB 1F2
    """
}
