"""The HTTP response in a record: its status, its headers, and its body without transfer and content codings.

RFC 9110 and RFC 9112 are read as browsers and other archive readers do: interim answers are skipped, codings are
decoded from the last to the first, and a token that is not a coding has no effect if the body is plainly text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from decantry.udfs.archive import answers
from decantry.udfs.archive.bad_body import BadBody
from decantry.udfs.archive.chunks import unframed, without_chunks, without_unnamed_chunks
from decantry.udfs.archive.codings import CODINGS, MAX_BODY, decode, unnamed
from decantry.udfs.archive.media_type import joined
from decantry.udfs.archive.sniff import SNIFFED, is_plainly_text

_NEXT_STATUS = re.compile(rb"(?<=\n)(?=HTTP/\d(?:\.\d)?[ \t]+\d{3}[ \t\r\n])", re.IGNORECASE)
_HEAD_END = re.compile(
    rb"\n(?:\r*\n|(?=(?:\xef\xbb\xbf)?[ \t]*<(?:!doctype|html|head|body)[\s>]|\x1f\x8b\x08|\x28\xb5\x2f\xfd))",
    re.IGNORECASE,
)
"""The end of the header: an empty line or, where that is missing, the page's first tag, or the signature of gzip or of
zstd. No field begins so.
"""
_MARKUP = re.compile(rb"(?:\A|\n)(?=<[A-Za-z!?])")
_MARKED_FIELD = re.compile(rb"<[A-Za-z][^<>\n]*>[^<>\n]*</[A-Za-z][^<>\n]*>[ \t]*:[^\n]*\Z")
"""A last line `<b>x</b>: y`, which is a field with markup in its name."""
_CODING = re.compile(rb"(?:^|\n)(?:transfer|content)-encoding[ \t]*:", re.IGNORECASE)
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r?\n")
_FIELD = re.compile(rb"\n[A-Za-z][A-Za-z0-9_-]*[ \t]*:")
_DOCUMENT = re.compile(rb"\s*<(?:!doctype|html)[\s>]", re.IGNORECASE)
_OF_CR = re.compile(rb"\s*HTTP/[^\r\n]*\r(?:[^\r\n]+\r)+\r(?!\n)", re.IGNORECASE)
"""A header whose lines end with CR alone."""
_EMPTY = re.compile(rb"(?:^|\n)content-length[ \t]*:[ \t]*0+[ \t]*\r*(?:\n|\Z)", re.IGNORECASE)
_NEXT_TYPE = re.compile(r",(?=[ \t]*[\w.+-]+/[\w.+-])")
"""A comma between two types in one Content-Type field; `text/html, charset=x` has none."""
_ESTABLISHED = re.compile(rb"(?:connection|tunnel) established", re.IGNORECASE)
_LISTS = ("transfer-encoding", "content-encoding", "content-length")
"""Fields whose values are lists: several fields of one name form one list (RFC 9110, 5.3)."""
_LONGEST_TYPE = 1 << 10
"""How many characters of a Content-Type are read."""
_NO_CODING = ("", "identity", "none", "chunked")
_MOST_CODINGS = 5


@dataclass(frozen=True)
class Response:
    """A stored response. Header names are in lower case. Of several fields of one name the last counts; codings and
    Content-Lengths are joined, and of several Content-Types the last valid one counts.
    """

    status: int
    headers: dict[str, str]
    body: bytes


def parse_response(block: bytes) -> Response | None:
    """The final response in a record's block, or an interim one if no other follows; None if the block does not begin
    with a status line, or if more than answers.MOST answers follow each other in it.

    Interim answers (RFC 9110, 15.2) and a proxy's answer to CONNECT (9.3.6) have no content: another status line
    follows their empty line.
    """
    first = block.find(b"\r", 0, 256)
    if first >= 0 and block[first + 1 : first + 2] not in (b"\n", b"\r") and (found := _OF_CR.match(block)):
        block = found[0].replace(b"\r", b"\n") + block[found.end() :]
    at, sent_on = 0, ""
    for _ in range(answers.MOST):
        line = answers.STATUS.match(block, at)
        if line is None:
            return None
        status, end = int(line[1]), _HEAD_END.search(block, line.end() - 1)
        stop, at = (end.start(), end.end()) if end else (len(block), len(block))
        if status < 200:
            found = _NEXT_STATUS.search(block, line.end(), stop)
            final = found.start() if found else answers.after_interim(block, at)
            if final is not None:
                at = final
                continue
        head = block[line.end() : stop]
        if status == 200 and answers.is_sent_on(block, at):
            sent_on = parse_fields(head).get("content-type", "")
            continue
        if not answers.STATUS.match(block, at) or not _has_no_content(status, line[2].strip(), head):
            if b"<" in head and (markup := _in_header(head, block, at)) is not None:
                head, at = head[:markup], line.end() + markup
            fields = parse_fields(head)
            if sent_on:
                fields["content-type"] = joined(sent_on, fields.get("content-type", ""))
            return Response(status, fields, answers.first_message(block[at:], fields.get("content-length", "")))
    return None


def _in_header(head: bytes, block: bytes, at: int) -> int | None:
    """The index of the first line of markup in a header, if no field follows it; else None.

    A page that follows its header without an empty line seems to be in the header, up to its own first empty line. A
    field may also begin with a tag. Then others follow it, it ends with a colon and a value, or the body after it, at
    `at` of the block, begins a document or is in a coding that the header names.
    """
    line = _MARKUP.search(head)
    if line is None or _FIELD.search(head, line.end()) or _DOCUMENT.match(block, at):
        return None
    if _MARKED_FIELD.match(head, line.end()):
        return None
    coded = _CHUNK.match(block, at) or not is_plainly_text(block[at : at + SNIFFED])
    return None if coded and _CODING.search(head, 0, line.end()) else line.end()


def _has_no_content(status: int, reason: bytes, head: bytes) -> bool:
    """Whether an answer that is followed by another one is interim, or a proxy's answer to CONNECT."""
    if status < 200:
        return True
    if status >= 300:
        return False
    return bool(_ESTABLISHED.match(reason) or _EMPTY.search(head)) or b"content-type" not in head.lower()


def parse_fields(head: bytes) -> dict[str, str]:
    """The header fields by lower-cased name; a line that begins with a blank continues the one before it."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in head.decode("utf-8", "replace").replace("\0", "").split("\n"):
        if line[:1] in (" ", "\t"):
            if name:
                fields[name].append(line.strip())
            continue
        key, colon, value = line.partition(":")
        name = key.strip().lower() if colon else ""
        if name in fields and name in _LISTS:
            fields[name] += [",", value.strip()]
        elif name == "content-type":
            earlier = [" ".join(fields[name])] if name in fields else []
            types = map(str.strip, _NEXT_TYPE.split(value[:_LONGEST_TYPE]))
            fields[name] = [reduce(joined, [*earlier, *types])]
        elif name:
            fields[name] = [value.strip()]
    return {name: " ".join(lines).strip() for name, lines in fields.items()}


def body_of(response: Response, truncated: bool = False, page: bool = False) -> bytes:
    """The body as the page's author sent it. Raises BadBody.

    `truncated` says that the crawler cut it: the result is what can be decoded. `page` says that it should be a page:
    then codings that no header names are decoded, too. A token that is not a coding (a charset, `none`) is an error
    only if the body is not plainly text.
    """
    body = unframed(response.body)
    unknown: list[str] = []
    chunked = False
    for value in filter(None, map(response.headers.get, _LISTS[:2])):
        tokens = tokens_of(value)
        unknown += [token for token in tokens if token not in CODINGS and token not in _NO_CODING]
        known = [token for token in tokens if token == "chunked" or token in CODINGS]
        if len(known) > _MOST_CODINGS:
            raise BadBody("unknown_content_encoding", f"{len(known)} codings")
        chunked = chunked or "chunked" in known
        for token in reversed(known):
            body = or_its_part(_without(token), body, truncated)
    if not chunked:
        body = or_its_part(lambda coded: without_unnamed_chunks(coded, truncated), body, truncated)
    if page:
        body = or_its_part(unnamed, body, truncated)
    if unknown and not is_plainly_text(body):
        raise BadBody("unknown_content_encoding", ", ".join(unknown)[:100])
    return body


def _without(token: str) -> Callable[[bytes], bytes]:
    """What decodes `chunked` or a content coding."""
    return without_chunks if token == "chunked" else lambda body: unframed(decode(body, CODINGS[token], MAX_BODY))


def or_its_part(decoded: Callable[[bytes], bytes], body: bytes, truncated: bool) -> bytes:
    """The decoded body; of one that the crawler truncated, the part that can be decoded. Raises BadBody."""
    try:
        return decoded(body)
    except BadBody as error:
        if truncated and error.partial and error.reason != "too_large":
            return error.partial
        raise


def tokens_of(value: str) -> list[str]:
    """The tokens of a list of codings, lower-cased, without their parameters and the quotes around them."""
    return [token.partition(";")[0].strip(" \t\"'").lower() for token in value.split(",")]
