"""Checks SQL that people write before Spark sees it. It may only read the lake's tables.

The statement is parsed and compared with an allow-list. What is not known to be safe is refused. Spark then gets only
the tokens that were checked, without comments and hints, because it might disagree on where these end.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import Dialect, exp
    from sqlglot.tokenizer_core import Token

ONLY_QUERIES = "only queries are run here (SELECT, WITH, VALUES, SHOW, DESCRIBE, EXPLAIN), and this statement is none"
OWN_TABLES = "only the lake's own tables are read here, not {}: `decantry tables` lists them"

_QUERIES, _LISTS = {"SELECT", "WITH", "VALUES", "FROM"}, {"SHOW", "DESCRIBE", "DESC"}
_EXPLAINED = {"EXTENDED", "CODEGEN", "COST", "FORMATTED"}
_OUTSIDE = re.compile(
    r"try_reflect|reflect|java_method|identifier|(from|to|schema_of)_(protobuf|avro)|python_worker_logs|stream"
    r"|(from|schema_of)_xml|xpath(_\w+)?|table_changes\w*"
    r"|read_\w+|cloud_files_state|http_request|remote_query|(try_)?secret|list_secrets|ai_\w+|vector_search",
    re.I,
)
"""Functions of Spark and Databricks that call Java, read files or tables by path, or reach the network or secrets.
XML functions are among them, because an XML text can make its parser open a file or an address."""
_NOT_DETERMINISTIC = re.compile(
    r"rand|randn|random|randstr|uniform|uuid|shuffle|monotonically_increasing_id|spark_partition_id|version"
    r"|now|curdate|localtimestamp|unix_timestamp|user|session_user|input_file_\w+"
    r"|current_(timestamp|date|time|timezone|user|database|schema|catalog)|getdate|(try_)?aes_encrypt",
    re.I,
)
"""Functions whose result depends on chance, the time, the session, or the position of the row."""
_BY_PATH = re.compile(r"fasttext(_probability)?|url_match", re.I)
"""Native functions that read a file by its path. The hash of a recipe would not cover that file."""
_DATE = re.compile(r"date|timestamp(_ntz|_ltz)?", re.I)
_TODAY = re.compile(r"\s*(now|today|tomorrow|yesterday)\b", re.I)


class Refused(ValueError):
    """The reason why SQL is refused, in one line."""


def read_only(statement: str) -> str:
    """The statement without comments and hints, with each token in its old position.

    Raises Refused unless the statement only reads tables by their plain names. It refuses changes, files and tables by
    path, scripts (`TRANSFORM ... USING`), several statements, functions that reach outside of the lake, and everything
    that the parser does not know.
    """
    tokens = checked = _tokens(statement)
    while tokens and _word(tokens[0]) == "EXPLAIN":
        tokens = tokens[2 if tokens[1:] and _word(tokens[1]) in _EXPLAINED else 1 :]
    words = " ".join(map(_word, tokens)).rstrip("; ").split()
    first = next((word for word in words if word != "("), None)
    if first not in _QUERIES | _LISTS:
        raise Refused(ONLY_QUERIES)
    if first in _QUERIES or (first != "SHOW" and {".", "(", ";"} & set(words)):
        _require_own_tables(_parsed(tokens, statement))
    elif {".", ";"} & set(words) or "(" in words[1:] or _names_a_path(tokens):
        raise Refused(OWN_TABLES.format("paths, or names with a dot or an expression"))
    return _only_tokens(statement, checked)


def words_of(statement: str) -> set[str]:
    """The names and keywords of a statement that `read_only` has passed, in lower case; strings are left out."""
    return {token.text.lower() for token in _tokens(statement) if not _is_string(token)}


def require_predicate(text: str) -> None:
    """Raise Refused unless the text is one deterministic expression over one document."""
    from sqlglot import exp

    tokens = _tokens(text)
    if _only_tokens(text, tokens).split() != text.split() or ";" in map(_word, tokens):
        raise Refused("a predicate must be one expression, without ; and comments")
    for at, token in enumerate(tokens):
        name, called = token.text, [_word(each) for each in tokens[at + 1 : at + 2]] == ["("]
        if _NOT_DETERMINISTIC.fullmatch(_word(token)) and (called or not at or _word(tokens[at - 1]) != "."):
            raise Refused(f"{name} may have another result each time, which a rule must not")
        if called and _BY_PATH.fullmatch(_word(token)):
            raise Refused(f"{name} reads a file that the recipe's hash does not cover: use the step for it")
        moment = "".join(each.text for each in takewhile(_is_string, tokens[at + 1 :]))
        if _DATE.fullmatch(_word(token)) and _TODAY.match(moment):
            raise Refused(f"{name} '{moment}' is another time each day, which a rule must not depend on")
    parts = exp.Identifier, exp.DataType, exp.DataTypeParam, exp.Var, exp.Tuple, exp.Interval, exp.Lambda
    allowed = exp.Condition, *parts, exp.JSONPath, exp.JSONPathPart
    for node in _parsed(tokens, text).walk():
        if not isinstance(node, allowed) or isinstance(
            node, exp.Window | exp.Parameter | exp.Placeholder | exp.AggFunc
        ):
            raise Refused(f"{node.sql(dialect='spark')[:60]} reaches beyond the document, which a predicate must not")


def _require_own_tables(tree: exp.Expr) -> None:
    """Raise Refused unless the statement only reads tables by their plain names."""
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
    """Spark's dialect, which parses all statements and skips the words of none."""
    from sqlglot.dialects.spark import Spark

    class Read(Spark):
        class Tokenizer(Spark.Tokenizer):
            COMMANDS = frozenset[object]()  # type: ignore[assignment]

    return Read()


def _tokens(text: str) -> list[Token]:
    """The tokens. Raises Refused for a setting, or a function that reaches outside of the lake."""
    from sqlglot.errors import TokenError
    from sqlglot.tokenizer_core import TokenType as Type

    if found := re.search(r"\$\{[^}]*\}", text):
        raise Refused(f"{found[0]} would be replaced by a setting, and is not run here")
    try:
        tokens = [each for each in _dialect().tokenize(text) if each.token_type != Type.HINT]
    except TokenError:
        raise Refused("the query is not valid: a string, a name or a comment has no end") from None
    for token, after in pairwise([*tokens, *tokens[-1:]]):
        if "$" in _word(token) and token.token_type in (Type.PARAMETER, Type.VAR):
            raise Refused("a $ outside of a string or a quoted name is not run here")
        if _word(after) == "(" and _OUTSIDE.fullmatch(_word(token)):
            raise Refused(f"the function {token.text.lower()} reaches outside of the lake and is not run here")
        literal = after.token_type in (Type.STRING, Type.RAW_STRING, Type.NUMBER)
        if token.token_type == Type.VALUES and not literal and _word(after) != "(":
            token.token_type = Type.VAR  # the column of verdicts
    return tokens


def _parsed(tokens: list[Token], text: str) -> exp.Expr:
    """The statement. Raises Refused if there is not exactly one, or if the parser does not know its form."""
    from sqlglot.errors import ParseError

    try:
        found = [each for each in _dialect().parser().parse(tokens, text) if each is not None]
    except ParseError as error:
        at = error.errors[0]
        where = f"{at['highlight']!r} (line {at['line']}, position {at['col']})"
        raise Refused(f"the query is not valid, or has a form that is not supported here, at {where}") from None
    except RecursionError:
        raise Refused("the query nests too deeply") from None
    if len(found) != 1:
        raise Refused("only one statement is run at a time")
    return found[0]


def _is_string(token: Token) -> bool:
    return token.token_type.name in ("STRING", "RAW_STRING")


def _names_a_path(tokens: list[Token]) -> bool:
    """Whether there is a string other than the pattern after LIKE. It could be a path."""
    return any(_is_string(each) and _word(before) != "LIKE" for before, each in pairwise(tokens))


def _word(token: Token) -> str:
    """The token in capitals; empty if it is a string."""
    return "" if _is_string(token) else token.text.upper()


def _only_tokens(text: str, tokens: list[Token]) -> str:
    """The text with spaces in place of everything that is not a token."""
    kept, at = "", 0
    for token in tokens:
        kept += re.sub(r"\S", " ", text[at : token.start]) + text[max(at, token.start) : token.end + 1]
        at = token.end + 1
    return kept
