from __future__ import annotations

from tests.bench.extraction import Marked, groups, kind, snippet_tables


def _page(host: str, path: str, language: str = "en") -> Marked:
    return Marked(host, f"https://{host}{path}", "", language, ["The wall"], ["Read more"])


def test_the_kind_of_a_page_depends_on_its_url() -> None:
    assert kind("https://a.org/forum/viewtopic.php?t=1") == "forum"
    assert kind("https://shop.a.org/rope") == "shop"
    assert kind("https://docs.a.org/rope") == "docs"
    assert kind("https://a.org/category/ropes") == "list"
    assert kind("https://a.org/") == "list"
    assert kind("https://a.org/2021/rope.html") == kind("https://a.org/2021/rope/") == "article"


def test_groups_are_large_enough() -> None:
    pages = [_page(f"h{n}.org", "/a.html", "de" if n < 15 else f"x{n}") for n in range(20)]
    named = groups(pages, ["short"] * 12 + ["long " * 200] * 8)
    assert {name: len(at) for name, at in named.items()} == {
        "kind article": 20, "language de": 15, "under 800 characters": 12,
    }  # fmt: skip


def test_tables() -> None:
    pages = [_page(f"h{n}.org", "/a.html") for n in range(10)]
    texts = {"trafilatura, standard": ["The wall"] * 10, "decantry": ["The wall", "Read more"] * 5}
    told = snippet_tables(pages, texts, dict.fromkeys(texts, 2.0))
    assert "| trafilatura, standard | 1.000 | 1.000 | 1.000 | 1.000 to 1.000 | 5 |" in told
    assert "| decantry | 0.500 | 0.500 | 0.500 |" in told
    assert "decantry less trafilatura, standard: -0.500, 95 % of samples of hosts within -0.800 to -0.200" in told
