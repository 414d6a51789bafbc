from __future__ import annotations

from dataclasses import replace

import pytest

from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import corpus
from decantry.schemas.table import Column, Table, ddl, delta_properties, spark_type, struct_type

PETS = Table(
    name="gold/pets",
    about="One row a pet's name.",
    key=("id",),
    partition_by=("kind",),
    columns=(
        Column("id", "string", "The pet's id.", nullable=False),
        Column("kind", "string", "What it is."),
        Column("weights", "map<string,array<double>>", "Weights by day.", "kg"),
    ),
)


def test_a_struct_type_has_the_columns_in_order_with_their_comments() -> None:
    fields = struct_type(PETS).fields
    assert [(f.name, f.dataType.simpleString(), f.nullable) for f in fields] == [
        ("id", "string", False),
        ("kind", "string", True),
        ("weights", "map<string,array<double>>", True),
    ]
    assert fields[2].metadata["comment"] == "Weights by day. [kg]"


def test_ddl_quotes_names_and_sentences() -> None:
    assert ddl(PETS, "`c`.`pets`") == (
        "CREATE TABLE IF NOT EXISTS `c`.`pets` (\n"
        "  `id` string NOT NULL COMMENT 'The pet\\'s id.',\n"
        "  `kind` string COMMENT 'What it is.',\n"
        "  `weights` map<string,array<double>> COMMENT 'Weights by day. [kg]'\n"
        ") USING delta\n"
        "PARTITIONED BY (`kind`)\n"
        "COMMENT 'One row a pet\\'s name.'\n"
        "TBLPROPERTIES ('delta.autoOptimize.optimizeWrite' = 'true', "
        "'delta.dataSkippingStatsColumns' = '`id`', 'delta.enableDeletionVectors' = 'false')"
    )


def test_a_struct_type_name_may_nest() -> None:
    assert spark_type("struct<a:int,b:map<string,int>>").simpleString() == "struct<a:int,b:map<string,int>>"


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown column type 'text'"):
        spark_type("text")


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_keys_and_partitions_are_columns_and_every_column_has_a_sentence(table: Table) -> None:
    assert set(table.key) | set(table.partition_by) <= set(table.column_names)
    assert len(set(table.column_names)) == len(table.columns)
    assert all(column.about.endswith(".") for column in table.columns)
    struct_type(table)


def test_constraints_are_made_with_the_table() -> None:
    table = replace(PETS, constraints={"has_a_kind": "kind <> ''"})
    assert "'delta.constraints.has_a_kind' = 'kind <> \\'\\''" in ddl(table, "`c`.`pets`")


def test_statistics_contain_no_content_of_pages() -> None:
    for table in (*TABLES.values(), corpus("pets", ())):
        properties = delta_properties(table)
        told = properties["delta.dataSkippingStatsColumns"].replace("`", "").split(",")
        assert not {"text", "url", "host", "domain", "detail", *table.partition_by} & set(told)
        assert set(table.cluster_by) <= set(told), "what is clustered by needs statistics"
