"""What the service is measured against, each with the bytes that the service answers."""

import contextlib
import pathlib
import shlex
import shutil
import signal
import socket
import subprocess
import time

WORKERS = 2  # as the service by default

NGINX = """
daemon off;
user root;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 15000; multi_accept on; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_timeout 600s;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  open_file_cache_valid 600s;
  default_type application/json;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {folder}/files; }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process):
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended with {process.returncode}")
        time.sleep(0.1)
    raise RuntimeError(f"nobody listens on port {port}")


def family(pid):
    """A process and those that it started."""
    pids = [pid]
    for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            pids += family(int(child))
    return pids


@contextlib.contextmanager
def running(arguments, port):
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL)
    try:
        wait_for_port(port, process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def bare_pistache(program):
    port = free_port()
    with running([program, str(port)], port) as process:
        yield lambda: [process.pid], f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def nginx(folder, files):
    """Serves `files`, {name: bytes}, as nginx does best: from its cache of open files."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        raise RuntimeError("nginx is not installed: see deploy/packages")
    (folder / "files").mkdir(parents=True)
    for name, content in files.items():
        (folder / "files" / name).write_bytes(content)
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, workers=WORKERS))
    with running([program, "-p", folder, "-c", folder / "nginx.conf"], port) as process:
        yield lambda: family(process.pid), f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def other(command, url):
    """Any server: its command line, and where it answers once it runs."""
    port = int(url.split("/")[2].rsplit(":", 1)[1])
    with running(shlex.split(command), port) as process:
        yield lambda: family(process.pid), url
