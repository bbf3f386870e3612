"""The clients' HTTP against servers that answer slowly, wrongly or not at all."""

import asyncio
import sys
import unittest

from history import BROKEN, MALFORMED, REFUSED, SILENT
from http_client import Connection, ReplyReader, fetch, form, request_bytes
from processes import free_port

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-More: a:b\r\n\r\nbody"


async def answered_by(behaviour, limit=5.0):
    """Status and body of one request to a server that behaves so."""
    server = await asyncio.start_server(behaviour, "127.0.0.1", 0)
    async with server:
        reply = await fetch("127.0.0.1", server.sockets[0].getsockname()[1], "GET", "/", limit=limit)
    return reply.status, reply.body


def answering(data, close=True):
    async def behaviour(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(data)
        await writer.drain()
        if close:
            writer.close()
    return behaviour


class Client(unittest.IsolatedAsyncioTestCase):
    def test_reads_an_answer_byte_by_byte(self):
        reader = ReplyReader()
        for at in range(len(ANSWER)):
            self.assertIsNone(reader.reply)
            self.assertTrue(reader.feed(ANSWER[at:at + 1]))
        self.assertEqual((reader.reply.status, reader.reply.headers["x-more"], reader.reply.body), (200, "a:b", b"body"))

    def test_refuses_what_is_not_one_answer(self):
        for data in (ANSWER + b"x", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n",
                     b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", b"x" * 70000):
            self.assertFalse(ReplyReader().feed(data), data[:40])

    async def test_tells_the_ways_to_fail_apart(self):
        self.assertEqual(await answered_by(answering(ANSWER)), (200, b"body"))
        self.assertEqual((await answered_by(answering(b"HTTP/1.1 200 OK\r\nContent-Le")))[0], BROKEN)
        self.assertEqual((await answered_by(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody")))[0], BROKEN)
        self.assertEqual((await answered_by(answering(b"SSH-2.0-x\r\n\r\n")))[0], MALFORMED)
        self.assertEqual((await answered_by(answering(b"", close=False), limit=0.1))[0], SILENT)
        self.assertEqual((await fetch("127.0.0.1", free_port(), "GET", "/")).status, REFUSED)

    async def test_keeps_its_connection_and_opens_another_after_a_loss(self):
        opened = []

        async def twice(reader, writer):
            opened.append(writer)
            for _ in range(2):
                if not await reader.read(1000):
                    break
                writer.write(ANSWER)
            writer.close()

        loop = asyncio.get_running_loop()
        async with await asyncio.start_server(twice, "127.0.0.1", 0) as server:
            connection = Connection(loop, "127.0.0.1", server.sockets[0].getsockname()[1])
            statuses = []
            for _ in range(3):
                future = loop.create_future()
                connection.ask(request_bytes("GET", "/", "here"), future.set_result)
                statuses.append((await future).status)
                await asyncio.sleep(0.05)
            connection.close()
        self.assertEqual((statuses, len(opened)), ([200, 200, 200], 2))

    def test_makes_a_form_with_the_archive_in_it(self):
        headers, body = form(b"PK zip", [("job_ini", "job.ini")])
        boundary = headers[0].split("boundary=")[1].encode()
        self.assertEqual(body.count(b"--" + boundary), 3)
        self.assertIn(b"\r\n\r\nPK zip\r\n", body)
        self.assertTrue(body.endswith(b"--" + boundary + b"--\r\n"))


if __name__ == "__main__":
    sys.exit(unittest.main())
