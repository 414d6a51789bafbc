"""The SQL that people may run: each reason to refuse it, and queries that must pass."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.lake.statement import Refused, read_only, require_predicate, words_of
from decantry.jobs.process.errors import UserError
from tests.oracles.own_tables import require_own_tables

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PIECES = (
    "select 1 union select ", "explain ", "describe ", "with x as (", "id from documents", "* from csv.`/etc/hosts`",
    "(", ")", " -- ", "\n", "\r", "/*", "*/", "/*+ ", "'", '"', "`", "\\", "r'", "$$", ", ", "; ", ".", "|> ", " x",
    " as ", "table ", "values (1)", "reflect('a', 'b')", "identifier('csv.`/x`')", " where exists (select ", "from ",
    "insert into documents ", "execute immediate 'drop view documents'",
    "transform(id) using 'cat' as (x string) from x",
)  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "select 'drop table x' as t, 1 as `update`",
        "select id, values, values['gopher.short_doc'] v from verdicts where values['x'] > 1 and v.values.y is null",
        "select * from (values (1, 'a'), (2, 'b')) as t(a, b)",
        "values 1, 2",
        "with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) select * from t",
        "select r'\\d', 'a\\'b', X'00ff', 1.5BD, 1e-3D, date'2026-01-01', interval 3 days, 'a' 'b'",
        "select * from documents d lateral view explode(split(text, ' ')) w as word",
        "select removed_by, count(*) n from verdicts group by all having n > 1 order by n desc limit 5",
        "select host, row_number() over (partition by host order by id) r from documents qualify r = 1",
        "select size(filter(split(text, '\\n'), line -> length(line) > 3)), words(text, 'en') from documents",
        "select * except (text) from documents tablesample (10 percent) where url rlike '^https' or a <=> b",
        "from documents |> where host = 'x' |> select id",
        "show tables", "describe extended documents", "desc documents url", "describe select a.id from documents a",
        "explain formatted select 1", "explain select * from documents;",
        "show tables;", "desc documents ;", "select split(text, ';'), 'reflect' || '(', url like '.' from documents",
    ],
)  # fmt: skip
def test_queries_pass_unchanged(statement: str) -> None:
    assert read_only(statement) == statement


def test_words_are_names_and_not_strings() -> None:
    found = words_of("select 'cuts' as x from `Kept_Pets` k join signals using (id) -- verdicts")
    assert {"kept_pets", "signals"} <= found
    assert not {"cuts", "verdicts"} & found


def test_comments_and_hints_are_removed() -> None:
    assert read_only("select /*+ a(' */ 1, ') */ * from csv.`/x`'").split(None, 1) == [
        "select",
        "1, ') */ * from csv.`/x`'",
    ]
    assert read_only("select 1 -- it's\n, 2 /* a /* b */ ' */ as n") == "select 1        \n, 2                   as n"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("with x as (select 1) insert into documents select * from x", "only queries"),
        ("from documents insert into a select *", "only queries"),
        ("select a into b from c", "only queries"),
        ("set spark.x = 1", "only queries"),
        ("add jar '/x.jar'", "only queries"),
        ("cache table documents", "only queries"),
        ("call system.rollback()", "only queries"),
        ("explain execute immediate 'show tables'", "only queries"),
        ("explain drop table documents", "only queries"),
        ("select 1; drop table documents", "only one statement"),
        ("select from_xml('<a/>', 'a int', map('rowValidationXSDPath', 'file:///etc/passwd'))", "reaches outside"),
        ("select xpath('<!DOCTYPE a SYSTEM \"http://host/x.dtd\"><a/>', 'a')", "reaches outside"),
        ("select schema_of_xml(text) from documents", "reaches outside"),
        ("select * from table_changes_by_path('/tmp/other', 0)", "reaches outside"),
        ("select * from table_changes('delta.`/tmp/other`', 0)", "reaches outside"),
        ("describe history '/tmp/other'", "only the lake's own tables"),
        ("describe detail '/etc'", "only the lake's own tables"),
        ("show tables; drop table documents", "with a dot"),
        ("select * from csv.`/etc/hosts`", "not csv./etc/hosts"),
        ("select * from documents where exists (select 1 from `text` /* */ . `/x`)", "not text./x"),
        ("select r'\\' from csv.`/x` -- '", "not csv./x"),
        ("select 1 -- \r union select * from csv.`/x`", "not csv./x"),
        ("select * from documents |> union all (select * from a.b)", "not a.b"),
        ("describe extended delta.`/x`", "not delta./x"),
        ("explain extended select * from json.`/x`", "not json./x"),
        ("show partitions delta.`/x`", "with a dot"),
        ("show create table identifier('a')", "identifier reaches"),
        ("select * from (table csv.`/x`)", "has a form that is not supported here, at "),
        ("select `Reflect` /* */ ('java.lang.System', 'exit', 1)", "function reflect reaches"),
        ("select system.builtin.java_method('a', 'b')", "function java_method reaches"),
        ("select * from read_files('/etc')", "function read_files reaches"),
        ("select transform(id) using 'cat' as (x string) from documents", "scripts"),
        ("select '${env:HOME}'", "${env:HOME} would be replaced"),
        ("select $$ ' $$, 2, '", "a $ outside"),
        ("select 'x", "has no end"),
        (f"select {'(' * 3000}1{')' * 3000}", "nests too deeply"),
    ],
)
def test_other_statements_are_refused(statement: str, why: str) -> None:
    with pytest.raises(Refused) as caught:
        read_only(statement)
    assert why in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "predicate",
    [
        "url not like '%;--select (%' and length(text) > 3",
        "cast(language_score as double) between .1 and 1e-1 or language in ('en', 'de')",
        "exists(split(text, ' '), w -> w = 'a') and not struct(url as u).u is null",
        "split(text, ';')[0] = '(' and (url like '.' or text = 'now' or host = 'reflect')",
        "case when host = 'x' then true else extract(year from fetched_at) = 2026 end",
        "get_json_object(text, '$.a') = 'now' and map('a', array(1, 2))['a'][0] = 1",
    ],
)
def test_predicates_of_one_document_pass(predicate: str) -> None:
    require_predicate(predicate)


@pytest.mark.parametrize(
    ("predicate", "why"),
    [
        ("r'\\' = (select max(value) from csv.`/etc/hosts`) or url = 'x'", "reaches beyond"),
        ("url in (from documents select url)", "reaches beyond"),
        ("url in (table documents)", "has a form that is not supported"),
        ("1 in (values (1))", "reaches beyond"),
        ("count(*) over () = 1", "reaches beyond"),
        ("max(text) > 'a'", "reaches beyond"),
        ("fasttext_probability(text, '/x.bin', 'en') > 0.5", "reads a file that the recipe's hash does not cover"),
        ("url_match(url, domain, host, '/lists').url", "reads a file that the recipe's hash does not cover"),
        ("hex(aes_encrypt(text, '0000111122223333')) < '8'", "another result each time"),
        ("url = '${env:HOME}'", "would be replaced"),
        ("date 'to' 'day' = fetched_at", "another time each day"),
        ("timestamp r'now' < fetched_at", "another time each day"),
        ("`current_date` > fetched_at", "another result each time"),
        ("true /*", "has no end"),
        (" ", "only one statement"),
    ],
)
def test_predicates_that_are_not_of_one_document_or_not_deterministic_are_refused(predicate: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        require_predicate(predicate)


@pytest.mark.slow
def test_accepted_statements_read_only_tables_in_sparks_plan(spark: SparkSession) -> None:
    """Of statements made of pieces that can be read in two ways, none that passes reaches out in Spark's plan."""
    spark.sql("select 1 as id").createOrReplaceTempView("documents")
    chance, passed = random.Random(7), 0
    for _ in range(5_000):
        statement = "select " + "".join(chance.choices(PIECES, k=chance.randint(1, 9)))
        try:
            bare = read_only(statement)
        except Refused:
            continue
        passed += 1
        message = ""
        try:
            require_own_tables(spark, bare)
        except UserError as error:
            message = str(error)
        except Exception as error:
            assert type(error).__name__ == "ParseException", statement
        assert "the query is not valid" in message or not message, statement
        assert "execute" not in statement or spark.catalog.tableExists("documents"), statement
    assert passed > 100
