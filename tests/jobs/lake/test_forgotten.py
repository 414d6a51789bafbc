"""A domain matches itself and the hosts below it, but not a name that only ends with the same letters."""

from __future__ import annotations

from decantry.jobs.lake.forgotten import domains_of


def test_an_address_matches_its_host_and_all_parent_domains() -> None:
    assert domains_of("https://blog.keeper.example.org/log") == [
        "domain:blog.keeper.example.org",
        "domain:keeper.example.org",
        "domain:example.org",
        "domain:org",
    ]
    assert "domain:keeper.example.org" not in (domains_of("https://beekeeper.example.org/log") or [])


def test_text_that_is_not_an_address_matches_no_domain() -> None:
    assert domains_of("row 7") is None
    assert domains_of(None) is None
