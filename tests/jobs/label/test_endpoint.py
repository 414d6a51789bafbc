"""Endpoints that stall, refuse or fail, and addresses and keys that cannot be used."""

from __future__ import annotations

import json
import sys

import pytest

from decantry.jobs.label.endpoint import Endpoint, Unanswered
from decantry.jobs.label.rubric import load
from decantry.jobs.process.errors import InfrastructureError, UserError
from tests.jobs.label.asking import Time, asker, judged, text
from tests.jobs.label.server import KEY, Answer, Server, says, scored


def test_an_error_that_passes_is_waited_for(server: Server) -> None:
    time = Time()
    label = judged(server, Answer(status=500), Answer(status=503), scored(4), time=time)
    assert (label.score, label.attempts) == (4, 3)
    assert time.slept == [1.0, 2.0]


@pytest.mark.parametrize(
    ("told", "waited"), [("7", 7.0), ("1e9", 60.0), ("inf", 60.0), ("nan", 1.0), ("soon", 1.0), ("-5", 1.0)]
)
def test_an_endpoint_that_asks_to_wait_is_obeyed_up_to_a_limit(server: Server, told: str, waited: float) -> None:
    time = Time()
    assert judged(server, Answer(status=429, headers={"Retry-After": told}), scored(1), time=time).score == 1
    assert time.slept == [waited]


def test_an_endpoint_that_stalls_is_given_up(server: Server) -> None:
    server.in_turn(Answer(stalls=True))
    with pytest.raises(Unanswered, match=r"no answer within 0\.05 s"):
        asker(server, timeout=0.05).label(text())
    assert len(server.asked) == 4


@pytest.mark.parametrize("trouble", [Answer(closes=True), Answer(b'{"choices": [{"mess', length=900)])
def test_an_endpoint_that_hangs_up_is_asked_again(server: Server, trouble: Answer) -> None:
    made = judged(server, trouble, scored(5))
    assert made.score == 5
    assert made.completion_tokens > 10, "the request that broke off may have to be paid for"


def test_an_endpoint_that_does_not_answer_costs_nothing() -> None:
    with pytest.raises(Unanswered) as refused:
        Endpoint("http://127.0.0.1:9/v1", "m", 5).ask(load("edu"), "A text.")
    assert not refused.value.sent


@pytest.mark.parametrize(
    ("status", "hopeless", "times"), [(400, False, 1), (401, True, 1), (404, True, 1), (307, True, 1), (500, False, 4)]
)
def test_a_refusal_is_reported_with_its_reason(server: Server, status: int, hopeless: bool, times: int) -> None:
    body = json.dumps({"error": {"message": f"no model m,\nand the key {KEY} is bad"}}).encode()
    server.in_turn(Answer(body, status, {"Location": "/elsewhere"}))
    with pytest.raises(Unanswered) as refused:
        asker(server).label(text())
    assert str(refused.value) == f"HTTP ({status}) no model m, and the key *** is bad"
    assert refused.value.hopeless == hopeless
    assert len(server.asked) == times


def test_a_key_in_an_answer_is_not_kept(server: Server) -> None:
    assert judged(server, says(f"Your key is {KEY}.\nScore: 2")).detail == "Your key is ***."


def test_an_endpoint_that_does_not_answer_or_refuses_the_key(server: Server) -> None:
    server.gone.set()
    Endpoint(server.address, "m", 5.0).require_up()
    with pytest.raises(InfrastructureError, match=r"http://127\.0\.0\.1:9/v1 does not answer: the connection failed"):
        Endpoint("http://127.0.0.1:9/v1", "m", 5.0).require_up()


@pytest.mark.parametrize("address", ["", "localhost:8000", "ftp://host/v1", "http://", "http://host:99999/"])
def test_an_invalid_address(address: str) -> None:
    with pytest.raises(UserError, match="use an address like"):
        Endpoint(address, "m", 5.0)


@pytest.mark.parametrize("address", ["http://user:hidden-word@host/v1", "http://host/v1?api_key=hidden-word"])
def test_a_key_in_the_address_is_not_taken_and_not_shown(address: str) -> None:
    with pytest.raises(UserError, match="leave it out, and set OPENAI_API_KEY") as refused:
        Endpoint(address, "m", 5.0)
    assert "hidden-word" not in str(refused.value)


def test_without_openai_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(UserError, match=r"needs the package openai: pip install 'decantry\[label\]'"):
        Endpoint("http://127.0.0.1:9/v1", "m", 5.0)


@pytest.mark.parametrize("key", ["sk-one\ntwo-three", "sk-süper-secret", "sk-one two"])
def test_a_key_that_cannot_be_sent_is_one_line_without_it(
    server: Server, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", key)
    with pytest.raises(UserError, match="OPENAI_API_KEY has a character that is not allowed in a key") as refused:
        Endpoint(server.address, "m", 30.0)
    assert key not in str(refused.value)


def test_a_key_with_a_line_break_at_its_end_is_sent_without_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-supersecret123456\n")
    assert asker(server).label(text()).score == 3


def test_a_key_that_the_server_repeats_is_not_in_the_message(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789-0123456789-0123456789")
    long = "x" * 170 + " key sk-0123456789-0123456789-0123456789"
    server.in_turn(Answer(json.dumps({"error": {"message": long}}).encode(), 401))
    with pytest.raises(Unanswered) as told:
        asker(server).label(text())
    assert "xxx key" in str(told.value) and "sk-0" not in str(told.value)
    repeated = judged(server, *[says("y" * 480 + " sk-0123456789-0123456789-0123456789")] * 4)
    assert repeated.failure is not None and "sk-0" not in str(repeated.detail)
