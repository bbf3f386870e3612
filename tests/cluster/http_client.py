"""HTTP over raw asyncio sockets: one keep-alive connection, one request at a time, no tasks and no copies per request."""

import asyncio
import json

from history import BROKEN, MALFORMED, REFUSED, SILENT

LONGEST_HEAD = 65536


class Reply:
    """Status (or an outcome of history.py), headers with names in lower case, body."""

    __slots__ = ("status", "headers", "body")

    def __init__(self, status, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body

    def json(self):
        return json.loads(self.body)


class ReplyReader:
    """Takes bytes as they come; `reply` is there when the answer is complete."""

    def __init__(self):
        self.buffer = bytearray()
        self.status, self.headers, self.length = None, {}, None
        self.reply = None

    def feed(self, data):
        """False when this is not HTTP, or more than one answer."""
        self.buffer += data
        if self.status is None:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return len(self.buffer) <= LONGEST_HEAD
            if not self.read_head(bytes(self.buffer[:end]).decode("latin-1").split("\r\n")):
                return False
            del self.buffer[:end + 4]
        if len(self.buffer) < self.length:
            return True
        self.reply = Reply(self.status, self.headers, bytes(self.buffer))
        return len(self.buffer) == self.length

    def read_head(self, lines):
        words = lines[0].split(" ", 2)
        if len(words) < 2 or not words[0].startswith("HTTP/1.") or not words[1].isdigit():
            return False
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon:
                return False
            self.headers[name.lower()] = value.strip()
        self.status = int(words[1])
        length = self.headers.get("content-length", "0" if self.status in (204, 304) else "")
        self.length = int(length) if length.isdigit() else None
        return self.length is not None


class Wire(asyncio.Protocol):
    """One TCP connection of a Connection; what the kernel says after it was given up is nobody's business."""

    def __init__(self, owner):
        self.owner, self.transport = owner, None

    def connection_made(self, transport):
        self.transport = transport
        if self.owner.wire is self:
            transport.write(self.owner.request)
        else:
            transport.abort()

    def data_received(self, data):
        if self.owner.wire is self:
            self.owner.heard(data)

    def connection_lost(self, _):
        if self.owner.wire is self:
            self.owner.lost()


class Connection:
    """`ask` calls back exactly once; the connection opens itself again when it has to."""

    def __init__(self, loop, host, port, limit=45.0):
        self.loop, self.host, self.port, self.limit = loop, host, port, limit
        self.wire = self.reader = self.done = self.timer = self.request = None

    def ask(self, request, done):
        self.request, self.done, self.reader = request, done, ReplyReader()
        self.timer = self.loop.call_later(self.limit, self.finish, Reply(SILENT))
        if self.wire is not None:
            self.wire.transport.write(request)
        else:
            self.wire = Wire(self)
            self.opening = self.loop.create_task(self.open(self.wire))

    async def open(self, wire):
        try:
            await self.loop.create_connection(lambda: wire, self.host, self.port)
        except OSError:
            if self.wire is wire:
                self.finish(Reply(REFUSED))

    def heard(self, data):
        if self.reader is None or not self.reader.feed(data):
            self.finish(Reply(MALFORMED, body=bytes(data[:200])))
        elif self.reader.reply is not None:
            self.finish(self.reader.reply)

    def lost(self):
        self.wire = None
        self.finish(Reply(BROKEN))

    def finish(self, reply):
        done, self.done, self.reader = self.done, None, None
        if self.timer:
            self.timer.cancel()
        if reply.status < 0 or reply.headers.get("connection", "").lower() == "close":
            self.close()
        if done:
            done(reply)

    def close(self):
        wire, self.wire = self.wire, None
        if wire is not None and wire.transport is not None:
            wire.transport.abort()


def request_bytes(method, path, host, headers=(), body=b""):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines + ["", ""]).encode() + body


def form(archive, fields=()):
    """The headers and the body that upload a zip."""
    cut = "cut-here-3f1d"
    body = b"".join(f'--{cut}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                    for name, value in fields)
    body += (f'--{cut}\r\nContent-Disposition: form-data; name="archive"; filename="job.zip"\r\n'
             "Content-Type: application/zip\r\n\r\n").encode() + archive + f"\r\n--{cut}--\r\n".encode()
    return [f"Content-Type: multipart/form-data; boundary={cut}"], body


async def fetch(host, port, method, path, headers=(), body=b"", limit=30.0):
    """One request on a connection of its own; returns a Reply."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    connection = Connection(loop, host, port, limit)
    connection.ask(request_bytes(method, path, f"{host}:{port}", headers, body),
                   lambda reply: future.done() or future.set_result(reply))
    try:
        return await future
    finally:
        connection.close()
