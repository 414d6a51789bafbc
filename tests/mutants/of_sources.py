"""Mutants of `jobs/sources` and of messages about addresses: allowed and forbidden inputs."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

SOURCES = (
    Mutant(
        "private-hosts",
        "a list may send the reader to the cloud's metadata service",
        "jobs/sources/private_hosts.py",
        "return is_opted_in(host) or is_opted_in(peer) or is_public(peer)",
        "return True",
        "tests/faults/test_ssrf.py::test_a_list_may_not_name_internal_addresses",
    ),
    Mutant(
        "the-clouds-own-address",
        "the address at which a cloud serves its machines is a public one",
        "jobs/sources/private_hosts.py",
        " and address != _CLOUD_V4",
        "",
        "tests/faults/test_ssrf.py::test_addresses_that_are_not_public",
    ),
    Mutant(
        "anybodys-bucket",
        "a list may name any bucket, which is then read with the user's credentials",
        "jobs/sources/allowed.py",
        "        if bucket not in {*buckets,",
        "        if not bucket and bucket not in {*buckets,",
        "tests/faults/test_ssrf.py::test_buckets_that_a_list_may_name",
    ),
    Mutant(
        "passwords-in-addresses",
        "user name and password of an address get into tables",
        "jobs/process/address.py",
        '_USERINFO.sub("", uri)',
        "uri",
        "tests/faults/test_ssrf.py::test_an_address_is_reported_without_credentials",
    ),
    Mutant(
        "signatures-in-addresses",
        "an address is told with the signature that opens it",
        "jobs/process/address.py",
        '"" if _SECRET.fullmatch(unquote(one[1])) else one[0]',
        "one[0]",
        "tests/faults/test_ssrf.py::test_addresses_are_reported_without_credentials",
    ),
    Mutant(
        "secrets-of-the-environment",
        "the values of secret variables are left in messages",
        "jobs/process/secrets.py",
        'text = text.replace(value, "***")',
        "pass",
        "tests/faults/test_secrets.py::test_a_failure_is_reported_and_logged_without_secrets",
    ),
    Mutant(
        "access-keys",
        "key ids of AWS are left in messages",
        "jobs/process/secrets.py",
        "(AKIA|ASIA)[A-Z0-9]{16}",
        "(AKIA|ASIA)[A-Z0-9]{17}",
        "tests/jobs/tracking/test_tracking.py::test_secrets_are_taken_out",
    ),
    Mutant(
        "a-file-named-twice",
        "a file that is named twice is read twice",
        "jobs/sources/expand.py",
        "found.setdefault(source.path, source)",
        "found.setdefault(str(len(found)), source)",
        "tests/jobs/sources/test_sources.py::test_files_folders_and_globs",
    ),
    Mutant(
        "files-of-the-past",
        "files that a Delta table no longer has are read",
        "jobs/sources/folders.py",
        "files.get(tables.member(name))) is not None:",
        "files.get(tables.member(name), ())) is not None:",
        "tests/jobs/sources/test_table_folders.py::test_a_table_is_read_at_its_newest_version",
    ),
    Mutant(
        "hidden-at-the-end",
        "hidden folders are read where they are deep below the one that was named",
        "jobs/sources/hidden.py",
        'for part in path.split("/") if is_hidden(part)',
        'for part in path.split("/")[-2:] if is_hidden(part)',
        "tests/jobs/sources/test_folders.py::test_files_of_failed_jobs_are_skipped_and_counted_at_every_depth",
    ),
    Mutant(
        "limit-and-one",
        "one archive more than --limit allows is read",
        "jobs/sources/expand.py",
        "if limit is not None and len(found) >= limit:",
        "if limit is not None and len(found) > limit:",
        "tests/jobs/sources/test_sources.py::test_files_folders_and_globs",
    ),
    Mutant(
        "range-and-one",
        "the command that fetches a record takes a byte of the next one",
        "jobs/cli/explain.py",
        'return f"curl -s -r {offset}-{offset + length - 1} {address}{unpack}"',
        'return f"curl -s -r {offset}-{offset + length} {address}{unpack}"',
        "tests/jobs/cli/test_explain.py::test_the_range_is_a_command_to_paste",
    ),
)
