"""A running server and the requests of a client, for the tests of the contract."""

import http.client
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
SKIPPED = 77
BOUNDARY = "----------------------------0123456789ab"
PATIENCE = 120  # s


def need(*modules):
    """Ends the test as skipped, loudly, when a package of Debian is not installed."""
    for module in modules:
        try:
            __import__(module)
        except ImportError:
            print(f"SKIPPED: python3-{module} is not installed", file=sys.stderr)
            sys.exit(SKIPPED)


class Reply:
    """An answer; header names in any case."""

    def __init__(self, response, body):
        self.status, self.body = response.status, body
        self.headers = {name.lower(): value for name, value in response.getheaders()}

    def header(self, name):
        return self.headers.get(name.lower())

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body[:400]!r}"


class Server:
    """The program on a free port with a folder of its own."""

    def __init__(self, program, *options):
        self.folder = tempfile.TemporaryDirectory(prefix="oq-contract-")
        self.log = open(pathlib.Path(self.folder.name) / "server.log", "wb")
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", "--data-dir", f"{self.folder.name}/data", "--workers", "1",
             *map(str, options)], stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not found:
            raise RuntimeError(f"the server did not start: {line!r}")
        self.port = int(found.group(1))
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()

    def ask(self, method, target, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, target, body, headers or {})
            response = connection.getresponse()
            return Reply(response, response.read())
        finally:
            connection.close()

    def get(self, target, headers=None):
        return self.ask("GET", target, headers=headers)

    def post(self, target, body=b"", content_type=None):
        return self.ask("POST", target, body, {"Content-Type": content_type} if content_type else {})

    def form(self, target, **fields):
        return self.post(target, urllib.parse.urlencode(fields), "application/x-www-form-urlencoded")

    def upload(self, target, *parts):
        return self.post(target, multipart(*parts), f"multipart/form-data; boundary={BOUNDARY}")

    def run(self, archive, **fields):
        reply = self.upload("/v1/calc/run", *fields.items(), ("archive", "job.zip", archive))
        assert reply.status == 200, reply
        return reply.json["job_id"]

    def wait(self, calculation, *states):
        """The state in which the calculation ends, or one of `states` when it is met before."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            state = self.get(f"/v1/calc/{calculation}/status").json["status"]
            if state in ("complete", "failed", "aborted") or state in states:
                return state
            time.sleep(0.05)
        raise TimeoutError(f"calculation {calculation} is still {state}")


def multipart(*parts):
    """Parts: (field, text), or (field, file name, bytes)."""
    body = io.BytesIO()
    for field, *rest in parts:
        name = f'; filename="{rest[0]}"' if len(rest) == 2 else ""
        content = rest[-1] if isinstance(rest[-1], bytes) else str(rest[-1]).encode()
        body.write(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{name}\r\n'.encode())
        if name:
            body.write(b"Content-Type: application/octet-stream\r\n")
        body.write(b"\r\n" + content + b"\r\n")
    body.write(f"--{BOUNDARY}--\r\n".encode())
    return body.getvalue()


def demo(name):
    """File name to text, of a job of this tree."""
    return {path.name: path.read_text() for path in sorted((ROOT / "demos" / name).iterdir()) if path.is_file()}


def changed(files, name, pattern, replacement):
    """The files with one place of one of them changed."""
    text, count = re.subn(pattern, replacement, files[name], count=1, flags=re.MULTILINE)
    assert count == 1, pattern
    return {**files, name: text}


def without(files, name):
    return {key: text for key, text in files.items() if key != name}


def zipped(files, prefix=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(prefix + name, text)
    return out.getvalue()


def quick_job():
    """The hazard of a few sites: done in a moment."""
    return without(demo("hazard_risk"), "job_risk.ini")


def long_job():
    """A job that is still running when somebody wants to stop it."""
    files = changed(demo("hazard_area"), "job.ini", r"^region_grid_spacing = .*", "region_grid_spacing = 1.0")
    files = changed(files, "job.ini", r"^area_source_discretization = .*", "area_source_discretization = 2.0")
    return changed(files, "job.ini", r"^width_of_mfd_bin = .*", "width_of_mfd_bin = 0.02")
