"""The program with a data directory of its own, for tests and measurements in Python."""

import http.client
import io
import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
import zipfile


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The program with a data directory of its own."""

    def __init__(self, program):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="oq-served-"))
        self.data = self.folder / "data"
        self.port = free_port()
        with open(self.folder / "server.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(  # pylint: disable=consider-using-with
                [program, "serve", "--listen", f"127.0.0.1:{self.port}", "--data-dir", self.data,
                 "--redis", "none"], stdout=log, stderr=log)
        self.until(lambda: self.ask("GET", "/readyz")[0] == 200, "the server")

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def until(self, done, what, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            try:
                if done():
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{what} did not get there in {seconds} s")

    def ask(self, method, path, body=None, headers=None):
        """Status, headers by small name, body; nothing is unpacked."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def submit(self, folder, ini, **fields):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, path.name)
        boundary = uuid.uuid4().hex
        parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in {"job_ini": ini, **fields}.items()]
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="archive"; filename="job.zip"\r\n\r\n'.encode()
                     + packed.getvalue() + f"\r\n--{boundary}--\r\n".encode())
        status, _, body = self.ask("POST", "/v1/calc/run", b"".join(parts),
                                   {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        assert status == 200, body
        return json.loads(body)["job_id"]

    def complete(self, *arguments, **fields):
        number = self.submit(*arguments, **fields)
        self.until(lambda: self.status(number) in ("complete", "failed"), f"calculation {number}")
        assert self.status(number) == "complete", self.ask("GET", f"/v1/calc/{number}/traceback")[2]
        return number

    def status(self, number):
        return json.loads(self.ask("GET", f"/v1/calc/{number}/status")[2])["status"]
