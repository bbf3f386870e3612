"""Links between programs on one machine: TCP proxies, one for each pair, that can be cut and healed."""

import asyncio

from processes import free_port


class Place:
    """Where a program runs: everything is on loopback here."""

    host = "127.0.0.1"

    def __init__(self, name):
        self.name = name

    @staticmethod
    def free_port():
        return free_port()

    @staticmethod
    def command(words):
        return words


class End(asyncio.Protocol):
    """One of the two connections of a passage; what it hears, the other one says."""

    def __init__(self, link, other=None):
        self.link, self.other, self.transport = link, other, None

    def connection_made(self, transport):
        self.transport = transport
        self.link.ends.add(self)
        transport.pause_reading()
        if self.other is not None:
            self.other.other = self
            self.link.flow(self)
            self.link.flow(self.other)
        elif not self.link.silent:
            self.link.connect(self)

    def data_received(self, data):
        if self.other.transport is not None:
            self.other.transport.write(data)

    def eof_received(self):
        if self.other is not None and self.other.transport is not None and self.other.transport.can_write_eof():
            self.other.transport.write_eof()
        return True

    def pause_writing(self):
        self.link.hold(self.other)

    def resume_writing(self):
        self.link.flow(self.other)

    def connection_lost(self, _):
        self.link.ends.discard(self)
        if self.other is not None and self.other.transport is not None:
            self.other.transport.close()
        self.transport = None


class Link:
    """From one port here to a port of somebody. Cut off, it refuses; cut silently, it takes everything and passes nothing."""

    def __init__(self, target_host, target_port):
        self.target, self.port = (target_host, target_port), free_port()
        self.ends, self.silent, self.server = set(), False, None
        self.tasks = set()

    async def open(self):
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: End(self), "127.0.0.1", self.port)
        return self

    def connect(self, end):
        task = asyncio.get_running_loop().create_task(self.reach(end))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def reach(self, end):
        try:
            await asyncio.get_running_loop().create_connection(lambda: End(self, end), *self.target)
        except OSError:
            if end.transport is not None:
                end.transport.abort()

    def flow(self, end):
        if not self.silent and end is not None and end.transport is not None and not end.transport.is_closing():
            end.transport.resume_reading()

    @staticmethod
    def hold(end):
        if end is not None and end.transport is not None and not end.transport.is_closing():
            end.transport.pause_reading()

    def cut(self, silent):
        if silent:
            self.silent = True
            for end in self.ends:
                self.hold(end)
            return
        self.close()

    async def heal(self):
        self.silent = False
        if self.server is None:
            await self.open()
        for end in list(self.ends):
            if end.other is None:
                self.connect(end)
            else:
                self.flow(end)

    def close(self):
        if self.server is not None:
            self.server.close()
            self.server = None
        for end in list(self.ends):
            if end.transport is not None:
                end.transport.abort()


class Loopback:
    """All programs on this machine; each pair that must be separable talks over a Link."""

    secure = False

    def __init__(self):
        self.links = {}

    @staticmethod
    def place(name):
        return Place(name)

    async def route(self, source, name, host, port):
        """Where `source` finds what `name` serves at host:port."""
        link = await Link(host, port).open()
        self.links[source, name] = link
        return "127.0.0.1", link.port

    async def cut(self, one, other, silent):
        for pair in ((one, other), (other, one)):
            if pair in self.links:
                self.links[pair].cut(silent)

    async def heal(self):
        for link in self.links.values():
            await link.heal()

    def close(self):
        for link in self.links.values():
            link.close()
