"""A client of an OpenAI-compatible endpoint. The endpoint is not trusted: times and sizes are bounded."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from decantry.jobs.label.bounded import bounded
from decantry.jobs.label.rubric import Rubric
from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.process.address import public
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.secrets import redacted
from decantry.schemas.labels import NO_COMPLETION, TOO_LONG

KEY = "OPENAI_API_KEY"
MOST_BYTES = 1 << 20
"""How many bytes of an answer are read."""
MISSING = "decantry label needs the package openai: pip install 'decantry[label]'"
AGAIN = (408, 409, 425, 429)
"""Status codes below 500 after which the same request may succeed later."""
NOT_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol", "LocalProtocolError")
"""Names of the HTTP library's errors that are raised before a request is sent."""
HOPELESS = (401, 402, 403, 404, 405)
"""Status codes for a wrong key, credit, address or model, with which every other text would fail, too."""


@dataclass(frozen=True)
class Reply:
    """A model's answer, and the tokens that it used, if the endpoint reports them."""

    content: str
    tokens: tuple[int, int] | None = None
    failure: str | None = None
    """Why the body is not a completion; `content` is then the beginning of the body."""


class Unanswered(Exception):
    """There was no answer. The message says why, in one line."""

    def __init__(self, why: str, status: int | None = None, *, wait: float | None = None, sent: bool = True) -> None:
        """`status` is the HTTP status, if that is the reason. `wait` is the number of seconds that the endpoint asks to
        wait. A request that was `sent` may have to be paid for.
        """
        super().__init__(why)
        self.status, self.wait, self.sent = status, wait, sent

    @property
    def again(self) -> bool:
        """Whether the same request may succeed later."""
        return self.status is None or self.status in AGAIN or self.status >= 500

    @property
    def hopeless(self) -> bool:
        """Whether requests about other texts would fail, too."""
        return self.status is not None and (self.status < 400 or self.status in HOPELESS)


class Endpoint:
    """A client of the endpoint at an address, for one model. The key is the environment variable OPENAI_API_KEY."""

    def __init__(self, address: str, model: str, timeout: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Sends nothing. Raises UserError for an invalid address or key, and if openai is not installed."""
        self.address, self.model = require_address(address), model
        self._timeout, self._clock = timeout, clock
        try:
            import openai
        except ImportError as error:
            raise UserError(MISSING) from error
        web = openai.DefaultHttpxClient(
            follow_redirects=False, timeout=timeout, event_hooks={"response": [self._refuse]}
        )
        self._client = openai.OpenAI(base_url=address, api_key=_key(), max_retries=0, timeout=timeout, http_client=web)

    def require_up(self) -> None:
        """Raise InfrastructureError if the endpoint does not answer, and UserError if it refuses the key."""
        try:
            self._sent(lambda: self._client.models.with_streaming_response.list(), lambda response: b"")
        except Unanswered as error:
            if error.status in (401, 403):
                raise UserError(f"{self.address} refuses the key: {error}; set {KEY} to a valid key") from None
            if error.status is None:
                raise InfrastructureError(f"{self.address} does not answer: {error}") from None

    def ask(self, rubric: Rubric, prompt: str) -> Reply:
        """The model's answer to the prompt. Raises Unanswered."""
        parameters: dict[str, Any] = dict(rubric.parameters)
        completions = self._client.chat.completions.with_streaming_response

        def send() -> Any:
            return completions.create(
                model=self.model, messages=[{"role": "user", "content": prompt}], extra_body=parameters
            )

        return reply(self._sent(send, lambda response: self._read(response.iter_bytes())))

    def _sent(self, send: Callable[[], Any], read: Callable[[Any], bytes]) -> bytes:
        import openai

        try:
            with send() as response:
                return read(response)
        except Unanswered:
            raise
        except openai.APITimeoutError:
            raise Unanswered(f"no answer within {self._timeout:g} s") from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, Unanswered):  # of the hook
                raise error.__cause__ from None
            cause = error.__cause__ or error
            sent = type(cause).__name__ not in NOT_SENT
            raise Unanswered(f"the connection failed: {_cause_of(cause)}", sent=sent) from None
        except openai.OpenAIError as error:
            raise Unanswered(_cause_of(error)) from None

    def _read(self, pieces: Iterable[bytes], most: int = MOST_BYTES) -> bytes:
        """The first `most` bytes and one more, if they come in time."""
        found, begin = b"", self._clock()
        try:
            for piece in pieces:
                found += piece
                if len(found) > most:
                    return found[: most + 1]
                if self._clock() - begin > self._timeout:
                    raise Unanswered(f"the answer took longer than {self._timeout:g} s")
        except Unanswered:
            raise
        except Exception as error:  # an error of the HTTP library, whose class depends on the version of openai
            raise Unanswered(f"the answer broke off: {_cause_of(error)}") from None
        return found

    def _refuse(self, response: Any) -> None:
        """Raise Unanswered for an error status. Otherwise openai would read the whole body, however long it is."""
        status = int(response.status_code)
        if status < 300:
            return
        message = bounded(_message(self._read(response.iter_bytes(), 1 << 14)))[:200]
        wait = _seconds(response.headers.get("retry-after"))
        raise Unanswered(f"HTTP ({status}) {message}".rstrip(), status, wait=wait, sent=False)


def _key() -> str:
    """The key from the environment, without surrounding blanks. Raises UserError if a request cannot contain it."""
    key = os.environ.get(KEY, "").strip() or "none"
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise UserError(f"{KEY} has a character that is not allowed in a key, such as a line break: set it again")
    return key


def require_address(address: str) -> str:
    """The address, as it may be shown. Raises UserError unless it is an http or https address without a key."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise UserError(f"--endpoint is {public(address)[:200]}: use an address like http://localhost:8000/v1")
    if parts.username is not None or parts.query or parts.fragment:
        raise UserError(f"--endpoint has a user name or a query in it: leave it out, and set {KEY}")
    return address.rstrip("/")


def reply(body: bytes) -> Reply:
    """The reply in the body. Everything in the body is checked, because the endpoint is not trusted."""
    beginning = body[:2000].decode("utf-8", "replace")
    if len(body) > MOST_BYTES:
        return Reply(beginning, failure=TOO_LONG)
    try:
        found = json.loads(body)
        content = found["choices"][0]["message"].get("content")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Reply(beginning, failure=NO_COMPLETION)
    if not isinstance(content, str | None):
        return Reply(beginning, failure=NO_COMPLETION)
    return Reply(well_formed(content or ""), _tokens(found.get("usage"), said=bool(content)))


def _tokens(usage: object, *, said: bool) -> tuple[int, int] | None:
    """The tokens of prompt and answer; None if they are not reported, or are 0 although there was an answer."""
    if not isinstance(usage, dict):
        return None
    counts = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if not all(type(count) is int and 0 <= count < 1 << 40 for count in counts):
        return None
    prompt, answer = int(counts[0] or 0), int(counts[1] or 0)
    return None if not prompt or (said and not answer) else (prompt, answer)


def _message(body: bytes) -> str:
    """The message in the body of an error, or else the beginning of the body, in one line."""
    text = body.decode("utf-8", "replace")
    try:
        error = json.loads(text).get("error")
        text = str(error["message"] if isinstance(error, dict) else error)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    return " ".join(text.split())


def _seconds(header: str | None) -> float | None:
    """The header `Retry-After` in seconds; None if it is absent or not a number of seconds."""
    try:
        seconds = float(header or "")
    except ValueError:
        return None
    return None if math.isnan(seconds) else max(0.0, seconds)


def _cause_of(error: BaseException) -> str:
    return redacted(" ".join(str(error).split()))[:200] or type(error).__name__
