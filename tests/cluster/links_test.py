"""Links pass everything, refuse when cut, pass nothing when cut silently, and lose nothing of it when they heal."""

import asyncio
import contextlib
import sys
import unittest

from links import Loopback


async def echo(reader, writer):
    with contextlib.suppress(asyncio.CancelledError, ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


class Links(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.server = await asyncio.start_server(echo, "127.0.0.1", 0)
        self.network = Loopback()
        self.address = await self.network.route("node", "store", "127.0.0.1", self.server.sockets[0].getsockname()[1])

    async def asyncTearDown(self):
        self.network.close()
        self.server.close()

    async def say(self, reader, writer, data):
        writer.write(data)
        return await asyncio.wait_for(reader.readexactly(len(data)), 0.3)

    async def test_pass_large_amounts_both_ways(self):
        reader, writer = await asyncio.open_connection(*self.address)
        data = bytes(range(256)) * 20000
        writer.write(data)
        self.assertEqual(await reader.readexactly(len(data)), data)
        writer.close()

    async def test_pass_the_end_on(self):
        reader, writer = await asyncio.open_connection(*self.address)
        writer.write(b"last")
        writer.write_eof()
        self.assertEqual(await asyncio.wait_for(reader.read(), 1), b"last")
        writer.close()

    async def test_refuse_when_cut_and_come_back(self):
        reader, writer = await asyncio.open_connection(*self.address)
        self.assertEqual(await self.say(reader, writer, b"one"), b"one")
        await self.network.cut("store", "node", silent=False)
        with self.assertRaises(OSError):
            if await asyncio.wait_for(reader.read(1), 1) == b"":
                raise ConnectionResetError
        writer.close()
        with self.assertRaises(OSError):
            await asyncio.open_connection(*self.address)
        await self.network.heal()
        reader, writer = await asyncio.open_connection(*self.address)
        self.assertEqual(await self.say(reader, writer, b"two"), b"two")
        writer.close()

    async def test_hold_everything_when_cut_silently_and_pass_it_later(self):
        old = await asyncio.open_connection(*self.address)
        self.assertEqual(await self.say(*old, b"one"), b"one")
        await self.network.cut("node", "store", silent=True)
        new = await asyncio.open_connection(*self.address)
        for connection in (old, new):
            with self.assertRaises(asyncio.TimeoutError):
                await self.say(*connection, b"two")
        await self.network.heal()
        for reader, writer in (old, new):
            self.assertEqual(await asyncio.wait_for(reader.readexactly(3), 1), b"two")
            writer.close()

    async def test_cut_only_the_pair_that_is_named(self):
        reader, writer = await asyncio.open_connection(*self.address)
        await self.network.cut("node", "redis", silent=False)
        self.assertEqual(await self.say(reader, writer, b"one"), b"one")
        writer.close()


if __name__ == "__main__":
    sys.exit(unittest.main())
