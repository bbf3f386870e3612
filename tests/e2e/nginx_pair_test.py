#!/usr/bin/env python3
"""Two nodes behind the nginx of deploy/, with TLS: uploads at the limit, ranges, and restarts that no poller notices."""

import argparse
import asyncio
import http.client
import io
import json
import logging
import os
import pathlib
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cluster"))

from databases import Postgres, Redis, missing  # noqa: E402
from models import Job  # noqa: E402
from processes import Process, free_port, listens, wait_until  # noqa: E402

LIMIT = 4 << 20  # bytes; --max-body and client_max_body_size of this run
POLLERS = 16
# Processor seconds of the calculation that goes on through the restarts.
LONG = 10
OPTIONS = argparse.Namespace()


class Loopback:
    """Where the databases of tests/cluster run."""
    host = "127.0.0.1"
    free_port = staticmethod(free_port)

    @staticmethod
    def command(words):
        return words


class Pair:
    """PostgreSQL, Redis, two nodes that share their files, and nginx."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.ports, self.cluster_ports = [free_port(), free_port()], [free_port(), free_port()]
        self.site_port = free_port()
        self.postgres = self.redis = self.nginx = None
        self.nodes = []

    async def start(self):
        self.postgres, self.redis = Postgres(self.folder, Loopback), Redis(self.folder, Loopback)
        await self.postgres.start()
        await self.redis.start()
        self.postgres.create_database("oq")
        for number in range(2):
            self.nodes.append(Process(f"node{number}", self.command_of(number), self.folder / f"node{number}.log"))
            self.nodes[-1].start()
            await self.ready(number)
        self.nginx = Process("nginx", ["nginx", "-p", self.folder, "-c", self.configuration()], self.folder / "nginx.out")
        self.nginx.start()
        await wait_until(lambda: listens("127.0.0.1", self.site_port), "nginx", process=self.nginx)

    def command_of(self, number):
        words = [self.program, "serve", "--node", f"node{number}", "--listen", f"127.0.0.1:{self.ports[number]}",
                 "--data-dir", self.folder / "data", "--database",
                 f"postgresql://postgres@127.0.0.1:{self.postgres.port}/oq", "--redis",
                 f"redis://127.0.0.1:{self.redis.port}", "--base-url", f"https://localhost:{self.site_port}",
                 "--max-body", LIMIT, "--drain", "2", "--grace", "20", "--workers", "1"]
        known = subprocess.run([self.program, "serve", "--help"], check=False, capture_output=True, text=True).stdout
        if "--peers" in known:
            words += ["--shared-data", "--cluster-listen", f"127.0.0.1:{self.cluster_ports[number]}", "--peers",
                      f"127.0.0.1:{self.cluster_ports[1 - number]}"]
        return words

    def configuration(self):
        """The site of deploy/ with the ports, the limit and the certificate of this run, and nothing else changed."""
        tls = self.folder / "tls"
        subprocess.run([ROOT / "deploy/make-certificates", tls, "--site", "hazard=localhost,127.0.0.1"], check=True,
                       capture_output=True)
        site = (ROOT / "deploy/nginx/oq-engine-server.conf").read_text()
        site = re.sub(r"listen 80;.*?listen \[::\]:80;", f"listen 127.0.0.1:{free_port()};", site, flags=re.DOTALL)
        site = re.sub(r"listen 443 ssl http2;.*?listen \[::\]:443 ssl http2;",
                      f"listen 127.0.0.1:{self.site_port} ssl http2;", site, flags=re.DOTALL)
        site = site.replace("/etc/nginx/tls", str(tls)).replace("client_max_body_size  1g", f"client_max_body_size {LIMIT}")
        upstream = (ROOT / "deploy/nginx/upstream.conf").read_text()
        for number, address in enumerate(("10.0.0.11:8800", "10.0.0.12:8800")):
            upstream = upstream.replace(address, f"127.0.0.1:{self.ports[number]}")
        folders = " ".join(f"{name}_temp_path {self.folder}/nginx-{name};"
                           for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        path = self.folder / "nginx.conf"
        path.write_text(f"daemon off; worker_processes 1; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;\n"
                        f"events {{ worker_connections 1024; }}\nhttp {{ access_log off; {folders}\n{upstream}\n{site}\n}}\n")
        if os.geteuid() == 0:
            path.write_text("user root;\n" + path.read_text())
        return path

    def ask_node(self, number, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[number], timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except OSError:
            return 0, b""
        finally:
            connection.close()

    async def ready(self, number):
        await wait_until(lambda: self.ask_node(number, "/readyz")[0] == 200, f"node{number} ready", 60, self.nodes[number])

    def client(self):
        context = ssl.create_default_context(cafile=self.folder / "tls/ca.crt")
        return http.client.HTTPSConnection("localhost", self.site_port, context=context, timeout=60)

    def ask(self, method, path, body=None, headers=None):
        client = self.client()
        try:
            client.request(method, path, body, headers or {})
            answer = client.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            client.close()

    async def restart(self, number):
        code = await asyncio.to_thread(self.nodes[number].stop, 60)
        self.nodes[number].start()
        await self.ready(number)
        return code

    def stop(self):
        if self.nginx:
            self.nginx.stop()
        for node in self.nodes:
            node.send(signal.SIGTERM)  # both drain at the same time
        for node in self.nodes:
            node.stop()
        for database in (self.redis, self.postgres):
            if database:
                database.stop()


def form(name, content):
    """A multipart body with one file."""
    head = f'--b\r\nContent-Disposition: form-data; name="archive"; filename="{name}"\r\n\r\n'.encode()
    return head + content + b"\r\n--b--\r\n", {"Content-Type": "multipart/form-data; boundary=b"}


def demo():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in (ROOT / "demos/hazard_area").iterdir():
            if path.suffix in (".ini", ".xml"):
                archive.write(path, path.name)
    return buffer.getvalue()


class Poller(threading.Thread):
    """Polls on one connection for as long as it is kept, and remembers everything that was not a 200."""

    def __init__(self, pair, path):
        super().__init__(daemon=True)
        self.pair, self.path, self.polls, self.failures, self.over = pair, path, 0, [], threading.Event()

    def run(self):
        client = self.pair.client()
        while not self.over.is_set():
            try:
                client.request("GET", self.path)
                answer = client.getresponse()
                answer.read()
                self.polls += 1
                if answer.status != 200:
                    self.failures.append(f"{time.monotonic():.2f} {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{time.monotonic():.2f} {error!r}")
                client.close()
                client = self.pair.client()
            time.sleep(0.01)
        client.close()


class NginxPair(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.kept = tempfile.TemporaryDirectory()
        # PostgreSQL's own user has to reach its folder.
        folder = pathlib.Path(self.kept.name)
        folder.chmod(0o755)
        self.pair = Pair(OPTIONS.program, folder)
        await self.pair.start()

    async def asyncTearDown(self):
        await asyncio.to_thread(self.pair.stop)
        self.kept.cleanup()

    async def submit(self, archive):
        status, _, body = await asyncio.to_thread(self.pair.ask, "POST", "/v1/calc/run", *form("job.zip", archive))
        self.assertEqual(status, 200, body)
        return f"/v1/calc/{json.loads(body)['job_id']}"

    async def until(self, path, state, limit):
        await wait_until(lambda: json.loads(self.pair.ask("GET", path + "/status")[2])["status"] == state, state, limit)

    async def complete(self):
        path = await self.submit(demo())
        await self.until(path, "complete", 120)
        return path

    async def test_what_clients_do_works_through_it(self):
        path = await self.complete()
        status, _, results = self.pair.ask("GET", path + "/results")
        self.assertEqual(status, 200)
        self.assertTrue(json.loads(results)[0]["url"].startswith(f"https://localhost:{self.pair.site_port}/"))

        with self.subTest("a file comes in parts that are parts of the whole"):
            _, headers, whole = self.pair.ask("GET", path + "/datastore")
            status, part_headers, part = self.pair.ask("GET", path + "/datastore", None, {"Range": "bytes=1000-4999"})
            self.assertEqual((status, part), (206, whole[1000:5000]))
            self.assertEqual(part_headers["Content-Range"], f"bytes 1000-4999/{len(whole)}")
            self.assertEqual(int(headers["Content-Length"]), len(whole))

        with self.subTest("an upload at the limit reaches a node, one byte more ends at nginx"):
            frame = len(form("job.zip", b"")[0])
            status, headers, _ = self.pair.ask("POST", "/v1/calc/run", *form("job.zip", b"x" * (LIMIT - frame)))
            self.assertEqual(status, 500)  # it is no archive, and a calculation says so
            # nginx closes while the body is on its way; the answer is there all the same.
            status, _, page = self.pair.ask("POST", "/v1/calc/run", *form("job.zip", b"x" * (LIMIT - frame + 1)))
            self.assertEqual(status, 413)
            self.assertIn(b"nginx", page)

        with self.subTest("what is for those who run the service stays inside"):
            for path in ("/metrics", "/healthz", "/readyz", "/v1/cluster"):
                self.assertEqual(self.pair.ask("GET", path)[0], 404, path)

    async def test_no_poll_fails_while_every_node_is_restarted(self):
        path = await self.complete()
        living = await self.submit(Job("through restarts", LONG).archive())
        await self.until(living, "executing", 60)
        paths = [path + "/status", "/v1/calc/list", living + "/status", living]
        pollers = [Poller(self.pair, paths[i % len(paths)]) for i in range(POLLERS)]
        for poller in pollers:
            poller.start()
        codes, slowest = [], 0.0
        for _ in range(OPTIONS.rounds):
            for number in range(2):
                await asyncio.sleep(1)
                begun = time.monotonic()
                codes.append(await self.pair.restart(number))
                slowest = max(slowest, time.monotonic() - begun)
        await self.until(living, "complete", 200)
        for poller in pollers:
            poller.over.set()
        for poller in pollers:
            poller.join()
        polls = sum(poller.polls for poller in pollers)
        print(f"{polls} polls through nginx during {len(codes)} restarts, the slowest of {slowest:.1f} s", file=sys.stderr)
        failures = [failure for poller in pollers for failure in poller.failures]
        self.assertEqual(failures, [], (self.pair.folder / "nginx.log").read_text()[-3000:])
        self.assertEqual(set(codes), {0})
        self.assertGreater(polls, 100 * len(codes))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=2, help="restarts of every node")
    parser.parse_known_args(namespace=OPTIONS)
    absent = missing() + [name for name in ("nginx", "openssl") if not shutil.which(name)]
    if absent:
        print(f"SKIPPED, NOT CHECKED: {', '.join(absent)} not installed", file=sys.stderr)
        return 77
    others = [word for word in sys.argv[1:] if word.startswith("-") and word in ("-v", "-f")]
    return 0 if unittest.main(argv=sys.argv[:1] + others, exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    # It reports every step that takes long, as they do on a busy machine.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    sys.exit(main())
