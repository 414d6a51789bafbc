"""Mutants of forget, rollback and maintain."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

UPKEEP = (
    Mutant(
        "beekeepers-forgotten-too",
        "to forget a domain takes every host that ends with its letters",
        "jobs/lake/forgotten.py",
        'return ["domain:" + ".".join(parts[start:]) for start in range(len(parts))]',
        'return ["domain:" + host[start:] for start in range(len(host))]',
        "tests/jobs/lake/test_forgotten.py::test_an_address_matches_its_host_and_all_parent_domains",
    ),
    Mutant(
        "whole-suffixes-forgotten",
        "all of co.uk can be forgotten by mistake",
        "jobs/upkeep/requests.py",
        "if is_public_suffix(host):",
        "if False and is_public_suffix(host):",
        "tests/faults/test_upkeep.py::test_a_value_that_is_not_a_domain_is_refused",
    ),
    Mutant(
        "back-to-another",
        "a rollback goes to another publication than was named",
        "jobs/lake/publications.py",
        'if each.number == int(match["number"]):',
        'if each.number >= int(match["number"]):',
        "tests/jobs/lake/test_publications.py::test_a_name_means_one_publication",
    ),
    Mutant(
        "another-recipes-publication",
        "a publication of another recipe is taken for one of this",
        "jobs/lake/publications.py",
        '(match["recipe"] or recipe) == recipe',
        'match["number"]',
        "tests/jobs/lake/test_publications.py::test_an_unknown_publication_is_an_error_that_lists_the_known_ones",
    ),
    Mutant(
        "vacuum-at-once",
        "maintain removes files that readers are reading",
        "jobs/upkeep/maintain.py",
        "if days < FLOOR_DAYS:",
        "if days < 0:",
        "tests/jobs/upkeep/test_maintain.py::test_files_that_readers_may_need_are_not_removed_early",
    ),
)
