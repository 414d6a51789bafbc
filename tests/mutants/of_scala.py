"""Mutants of `udfs/src`: loops over characters and words."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

_MAIN = "udfs/src/main/scala/org/decantry/text"
_TEST = "udfs/src/test/scala/org/decantry/text"

SCALA = (
    Mutant(
        "hash-read-backwards",
        "a shingle's hash is the peer's with its bytes turned round",
        f"{_MAIN}/Sha1.scala",
        "ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN)",
        "ByteBuffer.allocate(20).order(ByteOrder.BIG_ENDIAN)",
        f"{_TEST}/HashesSuite.scala::sha1 of two shingles",
    ),
    Mutant(
        "another-bands-key",
        "all bands of a text have the key of the first",
        f"{_MAIN}/MinHash.scala",
        "XxHash64.hash(bytes, band * rows * 8, (band + 1) * rows * 8, 0)",
        "XxHash64.hash(bytes, 0, rows * 8, 0)",
        f"{_TEST}/MinHashSuite.scala::one key for each band, equal only if the band is",
    ),
    Mutant(
        "units-for-points",
        "a word of 1,000 emoji is taken for one of 2,000 characters",
        f"{_MAIN}/LineWords.scala",
        " && Character.codePointCount(chars, from, until - from) > Longest",
        "",
        f"{_TEST}/C4LinesSuite.scala::a word of more than 1,000 code points",
    ),
    Mutant(
        "two-words-are-a-line",
        "lines of two words stay",
        f"{_MAIN}/LineWords.scala",
        "        i += 1\n      }\n      words >= Fewest",
        "        i += 1\n      }\n      words + 1 >= Fewest",
        f"{_TEST}/C4LinesSuite.scala::citations and lines of fewer than three words are removed",
    ),
    Mutant(
        "dots-across-lines",
        "the end of a line does not end its dots",
        f"{_MAIN}/GopherQuality.scala",
        "      dots = 0\n      lines += 1",
        "      lines += 1",
        f"{_TEST}/GopherQualitySuite.scala::ellipses of three dots are counted, and not across lines",
    ),
    Mutant(
        "one-break-is-a-paragraph",
        "every line is a paragraph",
        f"{_MAIN}/GopherRepetition.scala",
        "if (next - i >= breaks) {",
        "if (next > i) {",
        f"{_TEST}/GopherRepetitionSuite.scala::repeated paragraphs and lines",
    ),
    Mutant(
        "hosts-without-a-domain",
        "an address of a machine is looked for among domains",
        f"{_MAIN}/UrlLists.scala",
        "subdomain = registered && host != null",
        "subdomain = host != null",
        f"{_TEST}/UrlListsSuite.scala::a host without a registered domain is on no list",
    ),
    Mutant(
        "shorter-first-word",
        "of equally good ways to cut Chinese, the one with the shorter first word counts",
        f"{_MAIN}/ChineseTokenizer.scala",
        "if (sum >= best) {",
        "if (sum > best) {",
        f"{_TEST}/ChineseSuite.scala::of equally good ways the one with the longer first word",
    ),
    Mutant(
        "rare-words-joined",
        "the model also judges single characters that are a listed word together",
        f"{_MAIN}/ChineseTokenizer.scala",
        "if (until > from + 1 && !dictionary.contains(tokens.chars, from, until))",
        "if (until > from + 1)",
        f"{_TEST}/ChineseSuite.scala::single characters that are a word together, but a rare one, stay apart",
    ),
)
