"""The gateway accepts a complete reply and nothing else, and says what to do when it gets none."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.domain.model_port import Message, ModelRequest, ModelTrouble
from assistant.drafting.gateway import Endpoint, Gateway
from tests.model_server import ModelServer, Say

REQUEST = ModelRequest(task="t", prompt="t@1", messages=(Message(role="user", text="写一句"),), max_chars=500)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


def gateway(server: ModelServer, *, timeout: float = 20.0, attempts: int = 3) -> Gateway:
    return Gateway(Endpoint(base_url=server.url, model="scripted", api_key="k", timeout=timeout, attempts=attempts, backoff=0.01))


def test_a_complete_reply_is_streamed_and_returned(server: ModelServer) -> None:
    server.say(Say("全年收到政府信息公开申请。" * 4))
    pieces: list[str] = []
    reply = gateway(server).complete(REQUEST, on_text=pieces.append)
    assert "".join(pieces) == reply.text == "全年收到政府信息公开申请。" * 4
    assert len(pieces) > 1


@pytest.mark.parametrize(
    ("say", "kind"),
    [
        (Say(status=401), "refused"),
        (Say(status=404), "refused"),
        (Say(status=429), "limited"),
        (Say(status=500), "server"),
        (Say("写到一半", finish=""), "cut"),
        (Say("写到长度上限", finish="length"), "cut"),
        (Say("被过滤", finish="content_filter"), "garbage"),
        (Say(""), "empty"),
        (Say(raw=b"<html>login</html>", headers={"Content-Type": "text/html"}), "garbage"),
        (Say(raw=b'data: {"choices": "no"}\n\ndata: [DONE]\n\n', headers={"Content-Type": "text/event-stream"}), "garbage"),
        (Say(raw=b"data: not json\n\n", headers={"Content-Type": "text/event-stream"}), "garbage"),
        (Say("很长" * 2000), "too_long"),
        (Say("没完没了", endless=True), "too_long"),
    ],
)
def test_every_trouble_is_named_with_what_to_do(server: ModelServer, say: Say, kind: str) -> None:
    server.say(say)
    with pytest.raises(ModelTrouble) as caught:
        gateway(server, attempts=1).complete(REQUEST)
    assert caught.value.kind == kind
    assert caught.value.message.endswith("。")
    assert "沿用上年" in caught.value.hint


def test_what_was_received_is_kept(server: ModelServer) -> None:
    server.say(Say("已经写好的部分", finish=""))
    with pytest.raises(ModelTrouble) as caught:
        gateway(server).complete(REQUEST)
    assert caught.value.partial == "已经写好的部分"
    assert len(server.requests) == 1, "a reply that had begun is not asked for again"


def test_overload_is_tried_again_within_bounds(server: ModelServer) -> None:
    server.say(Say(status=429, headers={"Retry-After": "0"}), Say(status=500), Say("好了。"))
    assert gateway(server).complete(REQUEST).text == "好了。"
    server.say(Say(status=500))
    before = len(server.requests)
    with pytest.raises(ModelTrouble):
        gateway(server, attempts=2).complete(REQUEST)
    assert len(server.requests) - before == 2


def test_a_wrong_key_is_not_tried_again(server: ModelServer) -> None:
    server.say(Say(status=401))
    with pytest.raises(ModelTrouble):
        gateway(server).complete(REQUEST)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "say", [Say("晚了", pause=30), Say("一点一点" * 50, drip=0.3), Say(pings_only=True)], ids=["silent", "drip", "pings"]
)
def test_the_deadline_holds_for_silence_drip_and_pings(server: ModelServer, say: Say) -> None:
    server.say(say)
    with pytest.raises(ModelTrouble) as caught:
        gateway(server, timeout=0.6, attempts=1).complete(REQUEST)
    assert caught.value.kind == "timeout"


def test_stop_ends_the_call_while_nothing_arrives(server: ModelServer) -> None:
    server.say(Say("晚了", pause=30))
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(ModelTrouble) as caught:
        gateway(server).complete(REQUEST, stop=stop.is_set)
    assert caught.value.kind == "stopped"


def test_the_gateway_serves_again_after_a_call_was_abandoned(server: ModelServer) -> None:
    door = gateway(server, timeout=3.0, attempts=1)
    server.say(Say("没完没了", endless=True), Say("好了。"))
    with pytest.raises(ModelTrouble):
        door.complete(REQUEST)
    assert door.complete(REQUEST).text == "好了。"


def test_an_endpoint_that_does_not_know_the_schema_parameter_is_asked_plainly(server: ModelServer) -> None:
    server.say(Say(status=400), Say('{"a": 1}'), Say('{"a": 2}'))
    door = gateway(server)
    request = REQUEST.model_copy(update={"json_schema": '{"type": "object"}'})
    assert door.complete(request).text == '{"a": 1}'
    assert "response_format" in server.requests[0]
    assert "response_format" not in server.requests[1]
    door.complete(request)
    assert len(server.requests) == 3, "the endpoint is not asked for the schema again"


def test_a_proxy_in_the_environment_does_not_stand_before_a_local_model(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.say(Say("好了。"))
    assert gateway(server).complete(REQUEST).text == "好了。"


def test_nothing_listening_is_said_plainly() -> None:
    door = Gateway(Endpoint(base_url="http://127.0.0.1:9/v1", model="m", api_key="k", attempts=1))
    with pytest.raises(ModelTrouble) as caught:
        door.complete(REQUEST)
    assert caught.value.kind == "unreachable"


def test_no_endpoint_set_is_said_before_anything_is_sent() -> None:
    with pytest.raises(ModelTrouble) as caught:
        Gateway(Endpoint(base_url="", model="")).complete(REQUEST)
    assert caught.value.kind == "not_set"
