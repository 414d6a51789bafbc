"""What SQL that people write may do, told from its parsed form, without Spark.

Statements are held to an allow-list: what is not known to read only is refused. Spark is then given the tokens that
were judged, without comments and hints, so that it need not agree on where those end.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import Dialect, exp
    from sqlglot.tokenizer_core import Token

ONLY_QUERIES = "only queries are run here (SELECT, WITH, VALUES, SHOW, DESCRIBE, EXPLAIN): this one changes something"
OWN_TABLES = "only the lake's own tables are read here, not {}: see `decantry tables`"

_QUERIES, _LISTS = {"SELECT", "WITH", "VALUES", "FROM"}, {"SHOW", "DESCRIBE", "DESC"}
_EXPLAINED = {"EXTENDED", "CODEGEN", "COST", "FORMATTED"}
_OUTSIDE = re.compile(
    r"try_reflect|reflect|java_method|identifier|(from|to|schema_of)_(protobuf|avro)|python_worker_logs|stream"
    r"|(from|schema_of)_xml|xpath(_\w+)?|table_changes\w*"
    r"|read_\w+|cloud_files_state|http_request|remote_query|(try_)?secret|list_secrets|ai_\w+|vector_search",
    re.I,
)
"""Functions of Spark, and of Databricks, that call Java, read files or tables by path, or reach the network or secrets.
An XML text may name a file or an address that its parser opens."""
_UNSTEADY = re.compile(
    r"rand|randn|random|randstr|uniform|uuid|shuffle|monotonically_increasing_id|spark_partition_id|version"
    r"|now|curdate|localtimestamp|unix_timestamp|user|session_user|input_file_\w+"
    r"|current_(timestamp|date|time|timezone|user|database|schema|catalog)|getdate|(try_)?aes_encrypt",
    re.I,
)
"""Functions that tell of chance, the moment, the session, or where a row lies."""
_BY_PATH = re.compile(r"fasttext(_probability)?|url_match", re.I)
"""Native functions that read a file which a predicate would name by path, so that no hash of the recipe covers it."""
_DATE = re.compile(r"date|timestamp(_ntz|_ltz)?", re.I)
_TODAY = re.compile(r"\s*(now|today|tomorrow|yesterday)\b", re.I)


class Refused(ValueError):
    """Why SQL is not run, in one line."""


def read_only(statement: str) -> str:
    """The statement without comments and hints, each token where it was. Raises Refused unless it only reads tables.

    Tables go by their bare names. Refused are changes, files and tables by path, scripts (`TRANSFORM ... USING`),
    several statements, functions that reach out of the lake, and what the parser does not know.
    """
    tokens = judged = _tokens(statement)
    while tokens and _word(tokens[0]) == "EXPLAIN":
        tokens = tokens[2 if tokens[1:] and _word(tokens[1]) in _EXPLAINED else 1 :]
    words = " ".join(map(_word, tokens)).rstrip("; ").split()
    first = next((word for word in words if word != "("), None)
    if first not in _QUERIES | _LISTS:
        raise Refused(ONLY_QUERIES)
    if first in _QUERIES or (first != "SHOW" and {".", "(", ";"} & set(words)):
        _require_own_tables(_parsed(tokens, statement))
    elif {".", ";"} & set(words) or "(" in words[1:] or _names_a_path(tokens):
        raise Refused(OWN_TABLES.format("paths, or names with a dot or an expression in them"))
    return _bare(statement, judged)


def require_predicate(text: str) -> None:
    """Raise Refused unless the text is one expression over one document that always has the same value."""
    from sqlglot import exp

    tokens = _tokens(text)
    if _bare(text, tokens).split() != text.split() or ";" in map(_word, tokens):
        raise Refused("one predicate is wanted, with no ; and no comment")
    for at, token in enumerate(tokens):
        name, called = token.text, [_word(each) for each in tokens[at + 1 : at + 2]] == ["("]
        if _UNSTEADY.fullmatch(_word(token)) and (called or not at or _word(tokens[at - 1]) != "."):
            raise Refused(f"{name} may say something else each time, and a rule may not")
        if called and _BY_PATH.fullmatch(_word(token)):
            raise Refused(f"{name} reads a file that the recipe's hash does not cover: use the step for it")
        moment = "".join(each.text for each in takewhile(_is_text, tokens[at + 1 :]))
        if _DATE.fullmatch(_word(token)) and _TODAY.match(moment):
            raise Refused(f"{name} '{moment}' is another time each day, and a rule may not say something else")
    parts = exp.Identifier, exp.DataType, exp.DataTypeParam, exp.Var, exp.Tuple, exp.Interval, exp.Lambda
    allowed = exp.Condition, *parts, exp.JSONPath, exp.JSONPathPart
    for node in _parsed(tokens, text).walk():
        if not isinstance(node, allowed) or isinstance(
            node, exp.Window | exp.Parameter | exp.Placeholder | exp.AggFunc
        ):
            raise Refused(f"{node.sql(dialect='spark')[:60]} reaches beyond the document, and a predicate may not")


def _require_own_tables(tree: exp.Expr) -> None:
    """Raise Refused unless the tree reads, and reads tables by their bare names alone."""
    from sqlglot import exp

    if not isinstance(tree, exp.Query | exp.Values | exp.Describe):
        raise Refused(ONLY_QUERIES)
    for node in tree.walk():
        if isinstance(node, exp.QueryTransform):
            raise Refused("scripts (TRANSFORM ... USING) are not run here")
        if isinstance(node, exp.DML | exp.Create | exp.Command | exp.Into):
            raise Refused(ONLY_QUERIES)
        if isinstance(node, exp.Table) and len(node.parts) > 1:
            raise Refused(OWN_TABLES.format(".".join(part.name for part in node.parts)))


@cache
def _dialect() -> Dialect:
    """Spark's, where no statement is a command whose words are left unread."""
    from sqlglot.dialects.spark import Spark

    class Read(Spark):
        class Tokenizer(Spark.Tokenizer):
            COMMANDS = frozenset[object]()  # type: ignore[assignment]

    return Read()


def _tokens(text: str) -> list[Token]:
    """The tokens, if none of them is what Spark replaces by a setting, or what reaches out of the lake."""
    from sqlglot.errors import TokenError
    from sqlglot.tokenizer_core import TokenType as Type

    if found := re.search(r"\$\{[^}]*\}", text):
        raise Refused(f"{found[0]} would be replaced by a setting before it is read, and is not run here")
    try:
        tokens = [each for each in _dialect().tokenize(text) if each.token_type != Type.HINT]
    except TokenError:
        raise Refused("the query is not valid: a text, a name or a comment in it has no end") from None
    for token, after in pairwise([*tokens, *tokens[-1:]]):
        if "$" in _word(token) and token.token_type in (Type.PARAMETER, Type.VAR):
            raise Refused("a $ outside of a text or a quoted name is not run here")
        if _word(after) == "(" and _OUTSIDE.fullmatch(_word(token)):
            raise Refused(f"the function {token.text.lower()} reaches outside of the lake and is not run here")
        literal = after.token_type in (Type.STRING, Type.RAW_STRING, Type.NUMBER)
        if token.token_type == Type.VALUES and not literal and _word(after) != "(":
            token.token_type = Type.VAR  # the column of verdicts
    return tokens


def _parsed(tokens: list[Token], text: str) -> exp.Expr:
    """The one statement that the tokens are. Raises Refused."""
    from sqlglot.errors import ParseError

    try:
        found = [each for each in _dialect().parser().parse(tokens, text) if each is not None]
    except ParseError as error:
        at = error.errors[0]
        place = f"{at['highlight']!r} (line {at['line']}, position {at['col']})"
        raise Refused(f"the query is not valid, or has a form that is not known here, at {place}") from None
    except RecursionError:
        raise Refused("the query nests too deeply") from None
    if len(found) != 1:
        raise Refused("one statement at a time is run here")
    return found[0]


def _is_text(token: Token) -> bool:
    return token.token_type.name in ("STRING", "RAW_STRING")


def _names_a_path(tokens: list[Token]) -> bool:
    """Whether a text is anything but the pattern after LIKE."""
    return any(_is_text(text) and _word(before) != "LIKE" for before, text in pairwise(tokens))


def _word(token: Token) -> str:
    """The token in capitals; nothing where it is a text."""
    return "" if _is_text(token) else token.text.upper()


def _bare(text: str, tokens: list[Token]) -> str:
    """The text with spaces in place of what is no token."""
    kept, at = "", 0
    for token in tokens:
        kept += re.sub(r"\S", " ", text[at : token.start]) + text[max(at, token.start) : token.end + 1]
        at = token.end + 1
    return kept
