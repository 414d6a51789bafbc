"""Which hosts a domain means: itself and those below it, and no name that only ends with the same letters."""

from __future__ import annotations

from decantry.jobs.lake.forgotten import domains_of


def test_an_address_is_meant_by_its_host_and_by_all_above_it() -> None:
    assert domains_of("https://blog.keeper.example.org/log") == [
        "domain:blog.keeper.example.org",
        "domain:keeper.example.org",
        "domain:example.org",
        "domain:org",
    ]
    assert "domain:keeper.example.org" not in (domains_of("https://beekeeper.example.org/log") or [])


def test_what_is_no_address_is_meant_by_no_domain() -> None:
    assert domains_of("row 7") is None
    assert domains_of(None) is None
