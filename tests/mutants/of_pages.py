"""Wrongs in `udfs`: bytes to records, records to texts."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

PAGES = (
    Mutant(
        "status-of-errors",
        "an error page becomes a document",
        "udfs/candidates.py",
        "if response.status != 200:",
        "if response.status >= 500:",
        "tests/udfs/test_candidates.py::test_what_is_no_candidate",
    ),
    Mutant(
        "binary-as-html",
        "a picture that is sent as text/html becomes a document",
        "udfs/candidates.py",
        'return found != "binary"',
        "return True",
        "tests/udfs/test_candidates.py::test_what_is_html",
    ),
    Mutant(
        "digest-unchecked",
        "a payload that is not the archive's is told as its own",
        "udfs/digest.py",
        "            return True\n    return False",
        "            return True\n    return True",
        "tests/udfs/test_candidates.py::test_digests",
    ),
    Mutant(
        "chunk-a-byte-short",
        "every chunk of a body loses its last byte",
        "udfs/chunks.py",
        "chunk = body[start : start + size]",
        "chunk = body[start : start + size - 1]",
        "tests/udfs/test_http.py::test_chunks",
    ),
    Mutant(
        "bombs-of-zstd",
        "a small body may decompress to any size",
        "udfs/codings.py",
        "data = reader.read(cap + 1)",
        "data = reader.read()",
        "tests/udfs/test_http.py::test_a_bomb_stops_at_the_cap",
    ),
    Mutant(
        "markup-before-header",
        "what markup says of its charset goes before what the server says",
        "udfs/charset.py",
        "declared_in_header(content_type) or declared_in_markup(body)",
        "declared_in_markup(body) or declared_in_header(content_type)",
        "tests/udfs/test_charset.py::test_the_order_of_browsers",
    ),
    Mutant(
        "utf8-never-sniffed",
        "UTF-8 that is declared nowhere is guessed at",
        "udfs/charset.py",
        'return _without_zeros(body.decode("utf-8"), "utf-8", 0, body)',
        'return _without_zeros(body.decode("latin-1"), "windows-1252", 0, body)',
        "tests/udfs/test_charset.py::test_the_order_of_browsers",
    ),
    Mutant(
        "offsets-inside-a-member",
        "the records of one member are all at its second place or later",
        "udfs/warc.py",
        "held = Entry(offset, None, found.value), found",
        "held = Entry(offset + 1, None, found.value), found",
        "tests/udfs/test_warc.py::test_records_that_share_a_member_have_offsets_of_their_own",
    ),
    Mutant(
        "parts-overlap",
        "a record at the border of two parts is read by both",
        "udfs/warc.py",
        "while end is None or source.position < end:",
        "while end is None or source.position <= end:",
        "tests/udfs/test_warc.py::test_the_parts_of_a_file_hold_what_the_file_holds",
    ),
    Mutant(
        "user-as-host",
        "the host of an address is the user name before it",
        "udfs/url.py",
        'match[1].rpartition("@")[2]',
        'match[1].partition("@")[0]',
        "tests/udfs/test_url.py::test_hosts_and_domains",
    ),
    Mutant(
        "private-suffixes",
        "whoever has a page at github.io has a domain of their own",
        "udfs/url.py",
        "PublicSuffixList(only_icann=True)",
        "PublicSuffixList()",
        "tests/udfs/test_url.py::test_hosts_and_domains",
    ),
    Mutant(
        "two-names-on-s3",
        "an archive read by s3a:// and by s3:// is two archives",
        "udfs/paths.py",
        'return uri.replace("s3a://", "s3://", 1)',
        "return uri",
        "tests/udfs/test_paths.py::test_others_keep_theirs",
    ),
)
