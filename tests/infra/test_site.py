"""The docs site: each page is in the contents, and each link leads to something. Slow tests build the site and look at
it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from decantry.jobs.explore.meanings import meaning
from decantry.jobs.explore.reference import step_of
from decantry.jobs.recipe.load import load, shipped
from decantry.jobs.recipe.model import KINDS
from infra.site import contents, mermaid, tree
from infra.site.funnels import funnels
from tests import funnels as counting
from tests.browser import Browser
from tests.conftest import ROOT

PAGES = contents.pages()


def test_every_page_is_in_the_contents_once() -> None:
    there = {str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")}
    assert there - {contents.CONTENTS} <= {*PAGES}
    assert len(PAGES) == len({*PAGES}) > 40
    assert next(part.heading for part in contents.parts()) == "Start"


@pytest.mark.parametrize("page", [*PAGES, contents.CONTENTS])
def test_every_link_leads_to_something(page: str) -> None:
    for path, anchor in contents.links(page):
        assert (ROOT / path).exists(), f"{page}: {path}"
        if anchor:
            assert anchor in contents.anchors(contents.text(path)), f"{page}: {path}#{anchor}"


def test_a_link_in_code_is_none_and_a_folder_has_a_page() -> None:
    assert contents.resolved("docs/s3.md", "../infra/iam") == "infra/iam/README.md"
    assert contents.resolved("docs/s3.md", "lake.md") == "docs/lake.md"
    assert contents.anchors("# A `lake`, twice: 2.0\n```\n# no heading\n```\n") == {"a-lake-twice-20"}


def test_the_tree_has_a_page_for_each_step_recipe_and_notebook_and_no_link_leaves_it(tmp_path: Path) -> None:
    tree.write(tmp_path)
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.md")}
    assert made >= {"index.md", "notebooks/first_look.md", *PAGES}
    assert made >= {f"steps/{kind}.md" for kind in KINDS} | {f"recipes/{name}.md" for name in shipped()}
    for page in made:
        text = re.sub(r"^```.*?^```|`[^`\n]*`", "", (tmp_path / page).read_text(encoding="utf-8"), flags=re.M | re.S)
        for link in re.findall(r"\]\(([^)#\s]+)", text):
            if not re.match(r"[a-z]+:", link):
                base = tmp_path if link.startswith("/") else (tmp_path / page).parent
                assert (base / link.lstrip("/")).exists(), f"{page}: {link}"
    trees = re.findall(r"^```{toctree}\n.*?^```", (tmp_path / "index.md").read_text(encoding="utf-8"), re.M | re.S)
    entries = re.findall(r"^(?:.* <)?([\w/-]+)(?:\.md)?>?$", "\n".join(trees), re.M)
    assert {f"{entry}.md" for entry in entries} >= made - {"index.md"} - {p for p in made if "/decisions/0" in p}


def test_a_step_and_a_recipe_tell_their_rules_defaults_sources_and_shares() -> None:
    step = tree.steps.pages()["gopher_quality"]
    assert "| `min_words` | whole number, at least 0 | `50` | `short_doc` |" in step
    assert "| `short_doc` | `words < 50` | words, without marks of punctuation |" in step
    assert "Source: arXiv:2112.11446; datatrove 0.10.1" in step
    assert "([languages.md](/docs/languages.md))" in step
    assert "| [fineweb](/recipes/fineweb.md) | 47 | 3 | 6.4% |" in step
    recipe = tree.recipes.pages()["fineweb"]
    assert "Of the 73 documents of the sample of `make demo`, it keeps 30." in recipe
    assert "| 4 | [gopher_quality](/steps/gopher_quality.md) | `short_doc` | `words < 50` | 1 of 47 |" in recipe
    assert "recipe: fineweb\n" in recipe


@pytest.mark.parametrize("name", funnels())
def test_the_figures_of_the_sample_are_of_the_steps_that_the_recipe_has(name: str) -> None:
    assert [row["step"] for row in funnels()[name]] == [str(step) for step in load(name).steps]


def test_the_figures_of_fineweb_are_those_of_the_readme() -> None:
    """A test of the README compares those with a run."""
    (shown,) = re.findall(r"```text\n(step .*?)\nkept", contents.text("README.md"), re.DOTALL)
    lines = [re.split(r" {2,}", line.strip()) for line in shown.splitlines()[1:]]
    assert [(row["step"], row["seen"], row["removed"]) for row in funnels()["fineweb"]] == [
        (step, int(seen), int(removed)) for step, seen, removed, *_ in lines
    ]


def test_every_measurement_of_a_rule_has_a_meaning() -> None:
    rules = [(kind, rule.measurement) for kind in KINDS for rule in step_of(kind).rules()]
    assert len(rules) > 100
    assert all(meaning(kind, measurement) for kind, measurement in rules)
    assert meaning("gopher_repetition", "top_2_gram").startswith("characters of all occurrences of the most frequent")


@pytest.mark.slow
def test_the_figures_are_those_of_runs_over_the_sample(tmp_path: Path) -> None:
    assert counting.shown(counting.counted(tmp_path)) == counting.FILE.read_text(encoding="utf-8")


def test_the_script_that_draws_pictures_is_written_with_its_licence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = "META-INF/resources/webjars/mermaid/11.14.0"
    with zipfile.ZipFile(tmp_path / "mermaid.jar", "w") as packed:
        for name in ("LICENSE", "README.md", "dist/mermaid.js", "dist/mermaid.min.js"):
            packed.writestr(f"{base}/{name}", f"the file {name}")
    monkeypatch.setattr(mermaid, "jar", lambda: tmp_path / "mermaid.jar")
    (tmp_path / "static").mkdir()
    mermaid.write(tmp_path / "static")
    written = {path.name: path.read_text() for path in (tmp_path / "static").iterdir()}
    assert written == {
        "mermaid.min.js": "the file dist/mermaid.min.js",
        "mermaid.LICENSE.txt": "the file LICENSE",
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="needs the packages of `make site`")
    from infra.site.__main__ import build

    target = tmp_path_factory.mktemp("docs") / "site"
    assert build(target) == 0
    return target


@pytest.mark.slow
def test_it_is_built_without_warnings_and_fits_any_screen(site: Path, tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    try:
        for width, scheme in ((1400, "light"), (390, "dark")):
            browser.size(width, 900)
            browser.prefer(scheme)
            for page in sorted(site.rglob("*.html")):
                browser.open(page.as_uri())
                assert browser.console == [], page
                assert all(address.startswith((site.as_uri(), "data:")) for address in browser.requests), page
                assert browser.run("document.documentElement.scrollWidth") <= width, page
        browser.open((site / "docs" / "architecture.html").as_uri())
        drawn = "new Promise(done => setInterval(() => document.querySelector('pre.mermaid svg') && done(1), 50))"
        assert browser.run(drawn) == 1
        assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(19, 20, 22)"
    finally:
        browser.end()
