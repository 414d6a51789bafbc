"""Texts that each break one rule of the recipes that ship, by step and rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

Document = dict[str, Any]
"""A text, and other columns of the document."""

PROSE = """The baker rises at three, when the street is dark and the ovens have kept some of their warmth.
She weighs flour, salt and water, and she tastes a crumb of yesterday's dough before she mixes anything.
A loaf needs patience more than strength: it must rest twice, and nobody can hurry that.
By five o'clock her apprentice arrives with cold hands, a bicycle lamp and news from the mill.
They speak little, because both of them know the order in which trays move from table to heat.

At six the first customers knock; an old teacher wants rye, two nurses ask for rolls with seeds.
Bread that leaves this door travels by basket, by tram and once a week by boat to an island.
What remains in the evening goes to neighbours, and crusts are dried for soup, crumbs or hens.
So nothing is wasted, says the owner, who learned her trade from a miller's daughter long ago."""
QUESTIONS = PROSE.replace(".", "?")
"""What the models of the tests take for a bad text: they count question marks."""
LINES = [line for line in PROSE.split("\n") if line]


def made(count: int) -> list[str]:
    """Different words of six letters, none of them a stop word."""
    return ["".join(word) for word in islice(product("bdfgklmnpr", "aeiou", "kmnst", "aeiou", "lrxz", "aeiou"), count)]


def repeating(phrase: int, times: int, total: int) -> str:
    """`count` different words, the first of which are repeated, and two stop words."""
    words = made(total)
    first, others = words[:phrase], words[phrase : total - phrase * (times - 1)]
    parts = [*first]
    for k in range(times - 1):
        parts += [others[k], *first]
    parts += others[times - 1 :]
    parts[-3:-1] = ["of", "the"]
    return " ".join(parts) + "."


def said_twice(phrase: int, phrases: int, total: int) -> str:
    """So many different words in all, with that many phrases of the first of them said a second time."""
    words = made(total - phrase * phrases)
    said = [words[at * phrase : (at + 1) * phrase] for at in range(phrases)]
    others = words[phrase * phrases :]
    again = [word for at, each in enumerate(said) for word in [*each, others[at]]]
    return " ".join([*words[: phrase * phrases], "of", "the", *again, *others[phrases:]]) + "."


def _grams(curator: bool) -> dict[str, Document]:
    totals = (64, 68, 73, 79, 86, 95) if curator else (129, 138, 148, 160, 174, 190)
    found = {
        "top_2_gram": repeating(2, 10, 80),
        "top_3_gram": repeating(3, 5, 76),
        "top_4_gram": repeating(4, 3, 70),
        **{f"duplicated_{n}_n_grams": repeating(10, 2, total) for n, total in zip(range(5, 11), totals, strict=True)},
    }
    return {rule: {"text": text} for rule, text in found.items()}


def texts(found: dict[str, str]) -> dict[str, Document]:
    """Documents of the texts alone."""
    return {rule: {"text": text} for rule, text in found.items()}


SPACES = " " * 300
QUALITY = texts(
    {
        "short_doc": "The cat and the dog have to be of use.",
        "long_doc": "word " * 100_001,
        "below_avg_threshold": "ab be " * 60,
        "above_avg_threshold": "extraordinarily " * 60,
        "too_many_hashes": PROSE + "#" * 40,
        "too_many_symbols": PROSE + "#" * 40,
        "too_many_ellipsis": PROSE + " …" * 40,
        "too_many_bullets": "\n".join(f"● {line}" for line in LINES),
        "too_many_end_ellipsis": "\n".join([*(f"{line}…" for line in LINES[:4]), *LINES[4:]]),
        "above_non_alpha_threshold": PROSE + " 12345" * 60,
        "enough_stop_words": " ".join(made(80)),
    }
)
REPETITION = {
    **texts(
        {
            "empty": " \n ",
            "dup_line_frac": "\n".join([*LINES, *["Go on."] * 6]),
            "dup_para_frac": f"{PROSE}\n\nGo on.\n\nGo on.",
            "dup_line_char_frac": "\n".join([*LINES, *[" ".join(LINES[:2])] * 2]),
            "dup_para_char_frac": "\n\n".join([*LINES, *made(3), *[f"Go on.{SPACES}\nSo it is."] * 2]),
        }
    ),
    **_grams(curator=False),
}


def _long_words(lines: int) -> Iterator[str]:
    """Lines of three words of ten letters; every fifth ends in a full stop."""
    words = made(3 * lines)
    for at in range(lines):
        yield " ".join(word + word[:4] for word in words[3 * at : 3 * at + 3]) + "." * (at % 5 == 0)


GOPHER_QUALITY = QUALITY | texts(
    {
        "below_alpha_threshold": PROSE + " 12345" * 60,
        "too_many_bullets": "\n".join(f"- {line}" for line in LINES),
    }
)
SAID = "She sells warm bread to all of us now."
GOPHER_REPETITION = REPETITION | texts(
    {
        "empty": "",
        "dup_para_frac": PROSE + "\n\nGo on." * 3,
        "dup_line_char_frac": "\n".join([*LINES, *[" ".join(LINES[:3])] * 3]),
        **{f"duplicated_{n}_n_grams": said_twice(n, 2, round(12 * n / 7 / (0.205 - n / 100))) for n in range(5, 11)},
    }
)
FINEWEB_QUALITY = texts(
    {
        "empty": " \n ",
        "line_punct_ratio": "\n".join(line[:-1] for line in LINES),
        "short_line_ratio": "\n".join(f"{word} {word[::-1]} of the day." for word in made(40)),
        "char_dup_ratio": "\n".join(part for line in LINES[:4] for part in (SAID, line)) + "\n".join(LINES[4:]),
        "list_ratio": "that have loaves\n" + "\n".join(_long_words(40)),
    }
)
REFINEDWEB_LINES = texts({"too_much_removed": f"{PROSE}\nHOME NEWS SHOP CONTACT ABOUT US AND MORE OF THE SAME KIND"})


def _quoted(words: list[str]) -> str:
    return "\n".join(f"{word}(" for word in words)


Q = " ".join(made(132)[100:])
CURATOR = {
    **texts(
        {
            "non_alphanumeric_ratio": PROSE + " @@@@@" * 60,
            "symbol_word_ratio": " ".join(made(60)) + " #" * 10 + ".",
            "number_ratio": " ".join(made(60)) + " 123456" * 20,
            "url_ratio": " ".join(made(60)) + " http://" + "a" * 200,
            "white_space_ratio": "\n\n\n".join(made(60)),
            "parentheses_ratio": _quoted(made(60)),
            "boilerplate_ratio": " ".join(made(60)) + " lorem ipsum.",
            "unique_line_ratio": "\n".join([*LINES[:2], *[LINES[2]] * 3]),
            "unique_paragraph_ratio": PROSE + "\n\n" * 12,
            "unique_line_char_ratio": "\n".join([PROSE.replace("\n", " ")] * 2 + ["Go on.", "So it is.", "Well."]),
            "unique_paragraph_char_ratio": "\n\n".join(
                [*(" ".join(made(100)[k : k + 25]) for k in range(0, 100, 25)), *[f"{Q}\n{' ' * 14}"] * 2]
            ),
            "short_doc": " ".join(made(20)) + ".",
            "long_doc": "word " * 100_001,
            "unpunctuated_line_ratio": "\n".join(" ".join(made(60)[k : k + 6]) for k in range(0, 60, 6)),
            "alpha_word_ratio": " ".join(made(60)) + " !" * 20,
            "common_words": " ".join(made(80)) + ".",
            "short_words": "\n".join(f"{a}{b}\u2003of." for a, b in islice(product("bdfgklmnpr", "aeiou"), 40))
            + " of be",
            "long_words": " ".join(f"{word}{word}" for word in made(60)) + " of the day.",
            "longest_word": " ".join(made(400)) + f" of the {'a' * 1001}.",
            "ellipsis_line_ratio": "\n".join(f"{line[:-1]}..." for line in LINES),
            "bullet_line_ratio": "\n".join(f"• {line}" for line in LINES),
        }
    ),
    **_grams(curator=True),
}
CHINESE = """清晨的市場還沒有開門，賣豆腐的老先生已經把木桶搬到街邊，等著第一位客人。
他說這門手藝是父親教給他的，泡豆、磨漿、點滷，每一步都不能著急。
附近的學校放學以後，孩子們會圍著攤子，看白色的熱氣慢慢升起來。
有一位退休的老師每個星期都來，買兩塊豆腐，再和他聊一聊最近讀過的書。
雨天的時候客人很少，他就坐在屋簷下面，聽水滴落在石板上的聲音。
到了傍晚，剩下的豆腐送給鄰居，木桶洗乾淨，放回那間小小的倉庫裡。"""
FRUIT = "蘋果、香蕉、葡萄、西瓜、草莓、櫻桃、檸檬、鳳梨、芒果、橘子、桃子、李子、梨子、木瓜、椰子、石榴、"
CHINESE_CHARACTERS = texts({"simplified": f"{CHINESE}学", "no_traditional": "人口手上下大小"})
ZHTW_QUALITY = texts(
    {
        "short_doc": "我們很好。",
        "long_doc": "的 " * 100_001,
        "too_many_hashes": CHINESE + "#" * 60,
        "too_many_ellipsis": CHINESE + "……。" * 30,
        "too_many_end_ellipsis": "\n".join([f"{line}…" for line in CHINESE.split("\n")[:3]] + CHINESE.split("\n")[3:]),
        "enough_stop_words": FRUIT * 5,
    }
)
ZHTW_LINES = texts({"curly_bracket_ratio": CHINESE + "{" * 20, "avg_words_per_line": "\n".join(FRUIT.split("、"))})
ZHTW_LAYOUT = texts(
    {
        "line_punct_ratio": CHINESE.translate(dict.fromkeys(map(ord, "，。、"), "的")),
        "short_line_ratio": CHINESE.replace("，", "，\n").replace("的", "\n。"),
        "char_dup_ratio": "\n".join([CHINESE, CHINESE]),
        "list_ratio": "\n".join(f"{word}{word}。" for word in made(30)),
    }
)
LISTED = {"host": "example.net", "domain": "example.net"}
URLS: dict[str, Document] = {
    "domain": {"url": "https://example.net/", **LISTED},
    "subdomain": {"url": "https://host.mixed.example.com/", "host": "host.mixed.example.com", "domain": "example.com"},
    "url": {"url": "https://bakery.example.com/bread/why-our-rye-takes-three-days"},
    "hard_blacklisted": {"url": "https://a.example.org/casino"},
    "soft_blacklisted": {"url": "https://a.example.org/gamble/bet"},
    "blacklisted_subword": {"url": "https://a.example.org/flywheels"},
}
LANGUAGE: dict[str, Document] = {
    "other": {"language": "de", "language_score": 0.99},
    "low_score": {"language": "given", "language_score": 0.0},
    "unconfigured": {"language": "fr", "language_score": 0.99},
}
WHERE: dict[str, Document] = {
    "curated_source": {"url": "https://en.wikipedia.org/a", "host": "en.wikipedia.org"},
    "five_characters": {"text": "豆腐 tofu 豆腐"},
    "banned_address": {"url": "https://a.example.cn/a"},
    "mainland_wording": {"text": f"{CHINESE}視頻"},
    "adult_wording": {"text": f"{CHINESE}包養"},
    "educational": {"text": CHINESE.replace("。", "?")},
}
BREAKING: dict[str, dict[str, Document]] = {
    "gopher_quality": GOPHER_QUALITY,
    "gopher_repetition": GOPHER_REPETITION,
    "fineweb_quality": FINEWEB_QUALITY,
    "stop_words": {"enough_stop_words": QUALITY["enough_stop_words"]},
    "classifier": {"low_score": {"text": QUESTIONS}},
    "edu_score": {"low_score": {"text": QUESTIONS}},
    "massiveweb_quality": QUALITY,
    "massiveweb_repetition": REPETITION,
    "refinedweb_lines": REFINEDWEB_LINES,
    "curator_heuristics": CURATOR,
    "chinese_characters": CHINESE_CHARACTERS,
    "zhtw_quality": ZHTW_QUALITY,
    "zhtw_lines": ZHTW_LINES,
    "zhtw_layout": ZHTW_LAYOUT,
    "url_filter": URLS,
    "language": LANGUAGE,
    "c4": texts(
        {
            "lorem_ipsum": f"{PROSE}\nThen lorem ipsum came.",
            "curly_bracket": f"{PROSE}\nThen {{ came too.",
            "too_few_sentences": LINES[0],
        }
    ),
}
