"""A chat endpoint on localhost that speaks the OpenAI protocol and answers as a script says: text, faults, hostile replies, streams."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Say:
    """A reply. `finish` empty means that the stream just ends (cut); `status` other than 200 is an error answer; `raw` is sent as it is;
    `pause` seconds before the first byte, `drip` seconds between pieces; `endless` repeats the text until the client leaves."""

    text: str = ""
    finish: str = "stop"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    pause: float = 0.0
    drip: float = 0.0
    endless: bool = False
    pings_only: bool = False


Script = Callable[[dict[str, Any]], Say]


class ModelServer:
    """`with ModelServer() as server: server.say(Say(...), ...)`. Replies are used in order, the last one again and again; `requests` keeps what was asked."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self._script: Iterator[Say] | None = None
        self._last = Say()
        self._answer: Script | None = None
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def say(self, *replies: Say) -> None:
        self._script, self._answer = iter(replies), None

    def answer_by(self, script: Script) -> None:
        self._answer = script

    def __enter__(self) -> ModelServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _next(self, request: dict[str, Any]) -> Say:
        with self._lock:
            self.requests.append(request)
            if self._answer:
                return self._answer(request)
            self._last = next(self._script, self._last) if self._script else self._last
            return self._last

    def _handler(self) -> type[BaseHTTPRequestHandler]:  # noqa: C901  one small class with the server in reach
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
                reply = outer._next(body)
                time.sleep(reply.pause)
                try:
                    self._send(reply, stream=bool(body.get("stream")))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def _send(self, reply: Say, *, stream: bool) -> None:
                if reply.raw is not None or reply.status != 200:
                    data = reply.raw if reply.raw is not None else json.dumps({"error": {"message": "no", "type": "t"}}).encode()
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Type", reply.headers.get("Content-Type", "application/json"))
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                elif stream:
                    self._stream(reply)
                else:
                    message = {"index": 0, "finish_reason": reply.finish, "message": {"role": "assistant", "content": reply.text}}
                    self._json({"id": "r", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [message]})

            def _json(self, body: dict[str, Any]) -> None:
                data = json.dumps(body, ensure_ascii=False).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def _stream(self, reply: Say) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                while reply.pings_only:
                    self.wfile.write(b": ping\n\n")
                    self.wfile.flush()
                    time.sleep(0.05)
                while True:
                    for start in range(0, len(reply.text), 16):
                        self._event({"delta": {"role": "assistant", "content": reply.text[start : start + 16]}, "finish_reason": None})
                        time.sleep(reply.drip)
                    if not reply.endless:
                        break
                if reply.finish:
                    self._event({"delta": {}, "finish_reason": reply.finish})
                    self.wfile.write(b"data: [DONE]\n\n")

            def _event(self, choice: dict[str, Any]) -> None:
                chunk = {
                    "id": "r",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "scripted",
                    "choices": [{"index": 0, **choice}],
                }
                self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
                self.wfile.flush()

            def log_message(self, *_: object) -> None:
                pass

        return Handler
