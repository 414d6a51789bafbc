"""Mutants of `jobs/ingest`: what is read again, what is written, and in which order."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

INGEST = (
    Mutant(
        "changed-files-are-done",
        "a file that has changed since it was read is not read again",
        "jobs/ingest/manifest.py",
        "and line.version != source.version else line",
        "and line.version is None else line",
        "tests/jobs/ingest/test_manifest.py::test_a_changed_failed_or_new_file_is_not_done",
    ),
    Mutant(
        "failed-files-are-done",
        "a file that could not be read is never tried again",
        "jobs/ingest/manifest.py",
        'FINISHED = ("done", "damaged", "empty")',
        'FINISHED = ("done", "damaged", "empty", "failed")',
        "tests/jobs/ingest/test_manifest.py::test_a_changed_failed_or_new_file_is_not_done",
    ),
    Mutant(
        "markup-not-in-the-hash",
        "with --keep-html, what was read without is taken for done",
        "jobs/ingest/options.py",
        '            "keep_html": self.keep_html,\n',
        "",
        "tests/jobs/ingest/test_options.py::"
        "test_the_hash_covers_all_options_that_change_a_document_and_not_the_models_path",
    ),
    Mutant(
        "reader-not-in-the-hash",
        "a reader gives other rows, its version says so, and nothing is read again",
        "jobs/ingest/options.py",
        '            "readers": versions.raised(),\n',
        "",
        "tests/jobs/ingest/test_options.py::test_a_new_version_of_a_reader_changes_the_hash_and_a_new_reader_does_not",
    ),
    Mutant(
        "damage-untold",
        "a damaged archive is told to be whole",
        "jobs/ingest/batch.py",
        '"damaged" if damages else',
        '"damaged" if damages > 9 else',
        "tests/jobs/ingest/test_outcome.py::test_a_file_with_damage_in_one_part_is_damaged",
    ),
    Mutant(
        "a-gap-between-parts",
        "the first byte of every part but the first is in none",
        "jobs/ingest/plan.py",
        "zip(edges, [*edges[1:], None], strict=True)",
        "zip(edges, [*(edge - 1 for edge in edges[1:]), None], strict=True)",
        "tests/jobs/ingest/test_plan.py::test_every_byte_is_in_one_part",
    ),
    Mutant(
        "rows-entered-in-the-middle",
        "a file of rows is cut where no row begins",
        "jobs/ingest/plan.py",
        "if _SPLITTABLE.search(name) and not _COMPRESSED_ROWS.search(name) else 1",
        "if _SPLITTABLE.search(name) else 1",
        "tests/jobs/ingest/test_plan.py::test_files_that_cannot_be_read_from_the_middle_are_not_split",
    ),
    Mutant(
        "manifest-first",
        "the manifest tells of documents that are not there yet",
        "jobs/ingest/commit.py",
        "    if rows is not None and usable:\n",
        "    _write_manifest(lake, outcomes, reading)\n    if rows is not None and usable:\n",
        "tests/jobs/ingest/test_order_of_commits.py::test_documents_and_rejects_are_written_before_the_manifest",
    ),
    Mutant(
        "rejects-dropped",
        "what could not be used is not written down",
        "jobs/ingest/commit.py",
        '"silver/rejects": (rejects, damaged),',
        '"silver/rejects": (rejects.limit(0), damaged),',
        "tests/jobs/ingest/test_ingest.py::test_an_archive_becomes_documents_rejects_and_counts",
    ),
    Mutant(
        "an-id-taken-twice",
        "two documents of one id stand in the lake",
        "jobs/ingest/commit.py",
        'documents = documents.join(locations, ["warc_path", "warc_offset"], "left_anti")',
        "documents = documents",
        "tests/jobs/ingest/test_ingest.py::test_an_archive_becomes_documents_rejects_and_counts",
    ),
    Mutant(
        "the-later-of-two-stays",
        "of two documents of one id the later stays",
        "jobs/ingest/scope.py",
        'F.min(location).alias("first"), F.count("*").alias("n")',
        'F.max(location).alias("first"), F.count("*").alias("n")',
        "tests/jobs/ingest/test_ingest.py::test_an_archive_becomes_documents_rejects_and_counts",
    ),
)
