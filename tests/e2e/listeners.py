"""Clients that wait for news: server-sent events and long polls, many in one process, each keeping what it saw."""

import asyncio
import io
import json
import pathlib
import re
import subprocess
import urllib.request
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / "demos/hazard_area"
ENDED = ("complete", "failed", "aborted")
# Seconds after which a test, and not a client, has gone wrong.
PATIENCE = 300


async def read_head(reader):
    """(status, headers)"""
    status = int((await reader.readline()).split()[1])
    headers = {}
    while line := (await reader.readline()).strip():
        name, value = line.decode().split(":", 1)
        headers[name.lower()] = value.strip()
    return status, headers


async def chunks(reader):
    while size := int(await reader.readline(), 16):
        yield (await reader.readexactly(size)).decode()
        await reader.readexactly(2)


async def events(reader):
    """(id or None, name, data) of each event; comments are left out."""
    text = ""
    async for piece in chunks(reader):
        text += piece
        while "\n\n" in text:
            block, text = text.split("\n\n", 1)
            fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
            if "data" in fields:
                yield fields.get("id"), fields.get("event"), fields["data"]


class Listener:
    """One stream, from its connection to its end."""

    def __init__(self, port, path, last_event_id=None):
        self.port, self.path, self.last_event_id = port, path, last_event_id
        self.events, self.status, self.connected = [], None, asyncio.Event()

    async def run(self, until=lambda name, data: name == "end"):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        resume = f"Last-Event-ID: {self.last_event_id}\r\n" if self.last_event_id is not None else ""
        writer.write(f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n{resume}\r\n".encode())
        self.status, _ = await read_head(reader)
        self.connected.set()
        try:
            if self.status == 200:
                async for event in events(reader):
                    self.events.append(event)
                    if until(event[1], event[2]):
                        break
        finally:
            writer.close()
        return self

    def of(self, name):
        return [(int(number) if number else None, json.loads(data))
                for number, event, data in self.events if event == name]


class Poller:
    """Asks for one state after the other on one connection, until the calculation has ended."""

    def __init__(self, port, path, since=1, wait=20):
        self.port, self.path, self.since, self.wait = port, path, since, wait
        self.seen, self.asked, self.connected = [], 0, asyncio.Event()

    async def ask(self, reader, writer):
        writer.write(f"GET {self.path}?wait={self.wait}&since={self.since} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        self.asked += 1
        self.connected.set()
        status, headers = await read_head(reader)
        body = await reader.readexactly(int(headers["content-length"]))
        assert status == 200, (status, body)
        return int(headers["x-revision"]), json.loads(body)

    async def run(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while True:
            revision, state = await self.ask(reader, writer)
            if revision > self.since:
                self.seen.append((revision, state["status"], state["phase"]))
                self.since = revision
            if state["status"] in ENDED:
                writer.close()
                return self


def area_job(**options):
    """The area demo as a zip with some options changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(DEMO.iterdir()):
            text = path.read_text()
            for option, value in options.items() if path.suffix == ".ini" else ():
                text, count = re.subn(rf"^{option} = .*$", f"{option} = {value}", text, flags=re.MULTILINE)
                assert count == 1, option
            out.writestr(path.name, text)
    return packed.getvalue()


# Minutes of work on every core, to be aborted.
ENDLESS = dict(region_grid_spacing="2.0", area_source_discretization="1.0", rupture_mesh_spacing="2.0",
               width_of_mfd_bin="0.05")


class Server:
    """The program with a data directory of its own, one calculation at a time."""

    def __init__(self, program, folder, arguments=()):
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", "--data-dir", folder, "--max-running", "1",
             "--max-connections", "20000", *arguments], stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().split()[-1]
        self.port = int(self.base.rsplit(":", 1)[1])

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)

    def request(self, path, data=None, content_type="application/x-www-form-urlencoded"):
        request = urllib.request.Request(self.base + path, data=data, headers={"Content-Type": content_type})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def submit(self, archive, fields=()):
        parts = b"".join(f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                         for name, value in fields)
        body = (parts + b'--cut\r\nContent-Disposition: form-data; name="archive"; filename="job.zip"\r\n\r\n'
                + archive + b"\r\n--cut--\r\n")
        return self.request("/v1/calc/run", body, "multipart/form-data; boundary=cut")["job_id"]

    def abort(self, calculation):
        return self.request(f"/v1/calc/{calculation}/abort", b"")

    def resident(self):
        """Bytes of memory that the process has now."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"^VmRSS:\s+(\d+) kB", text, re.MULTILINE)[1]) * 1024

    def threads(self):
        return len(list(pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()))
