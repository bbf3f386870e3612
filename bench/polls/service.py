"""The service under measurement, and the calculations that it gets to do."""

import io
import json
import pathlib
import re
import shutil
import subprocess
import time
import urllib.request
import zipfile

from peers import free_port, wait_for_port

ROOT = pathlib.Path(__file__).resolve().parents[2]


def demo(changes=()):
    """The area demo as a zip, its job.ini with (option, value) pairs replaced."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted((ROOT / "demos/hazard_area").iterdir()):
            text = path.read_text()
            for option, value in changes if path.suffix == ".ini" else ():
                text = re.sub(rf"^{option} = .*$", f"{option} = {value}", text, flags=re.MULTILINE)
            out.writestr(path.name, text)
    return archive.getvalue()


# Minutes of work on every core.
LONG = demo([("region_grid_spacing", "2.0"), ("area_source_discretization", "1.0"), ("rupture_mesh_spacing", "2.0"),
             ("width_of_mfd_bin", "0.05")])


class Service:
    """The service with a private Redis, all in one folder."""

    def __init__(self, program, folder, arguments=()):
        self.program, self.folder, self.arguments = program, folder, arguments
        self.base = f"http://127.0.0.1:{free_port()}"
        self.long_id = None

    def __enter__(self):
        redis = "none"
        self.redis = None
        if shutil.which("redis-server"):
            path = self.folder / "redis.sock"
            self.redis = subprocess.Popen(
                ["redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--dir", self.folder],
                stdout=subprocess.DEVNULL)
            redis = f"unix://{path}"
        listen = self.base.removeprefix("http://")
        self.log = open(self.folder / "server.log", "w")
        self.process = subprocess.Popen(
            [self.program, "serve", "--listen", listen, "--data-dir", self.folder / "data", "--redis", redis,
             "--max-connections", "20000", "--access-log", "none", *self.arguments],
            stdout=self.log, stderr=self.log)
        wait_for_port(int(listen.rsplit(":", 1)[1]), self.process)
        self.pid = self.process.pid
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        if self.redis:
            self.redis.kill()
            self.redis.wait()
        self.log.close()

    def request(self, path, data=None, headers=None):
        request = urllib.request.Request(self.base + path, data=data, headers=headers or {})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def fetch(self, path):
        """(bytes, entity tag)"""
        with urllib.request.urlopen(self.base + path, timeout=60) as answer:
            return answer.read(), answer.headers["ETag"]

    def submit(self, archive):
        head = (b'--cut\r\nContent-Disposition: form-data; name="archive"; filename="job.zip"\r\n'
                b"Content-Type: application/zip\r\n\r\n")
        answer = self.request("/v1/calc/run", head + archive + b"\r\n--cut--\r\n",
                              {"Content-Type": "multipart/form-data; boundary=cut"})
        return answer["job_id"]

    def status(self, calculation):
        return self.request(f"/v1/calc/{calculation}/status")["status"]

    def wait_complete(self, calculation):
        while (status := self.status(calculation)) not in ("complete", "failed", "aborted"):
            time.sleep(0.2)
        if status != "complete":
            raise RuntimeError(f"calculation {calculation} is {status}, see {self.log.name}")

    def computes(self):
        return self.long_id is not None and self.status(self.long_id) == "executing"

    def running_long(self):
        """A calculation that keeps every core busy now: the last one, or a new one when that has ended."""
        while not self.computes():
            if self.long_id is None or self.status(self.long_id) in ("complete", "failed", "aborted"):
                self.long_id = self.submit(LONG)
            time.sleep(0.2)
        return self.long_id

    def abort_long(self):
        if self.long_id is not None:
            self.request(f"/v1/calc/{self.long_id}/abort", data=b"")
