"""Nodes, workers elsewhere and the nginx before them, as processes of a run."""

import functools
import json
import pathlib
import subprocess

from http_client import fetch
from processes import Process, listens, wait_until

START_LIMIT = 30.0  # seconds until a node answers; the machine may be busy
# Far below the default of 60 s, so that an answer that never comes shows as a 504 within a scenario.
REQUEST_TIMEOUT = 10


@functools.lru_cache
def known_options(program, command):
    return subprocess.run([program, command, "--help"], check=False, capture_output=True, text=True).stdout


def certificates(folder):
    """A certificate authority for this run alone."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                    "2", "-subj", "/CN=cluster test", "-keyout", folder / "ca.key", "-out", folder / "ca.pem"], check=True,
                   capture_output=True)


def certificate(folder, name, host):
    """Options that give a node its own certificate, signed by the authority."""
    extensions = folder / f"{name}.ext"
    extensions.write_text(f"subjectAltName=IP:{host},DNS:{name}\n")
    subprocess.run(["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                    f"/CN={name}", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.csr"], check=True,
                   capture_output=True)
    subprocess.run(["openssl", "x509", "-req", "-in", folder / f"{name}.csr", "-CA", folder / "ca.pem", "-CAkey",
                    folder / "ca.key", "-CAcreateserial", "-days", "2", "-extfile", extensions, "-out",
                    folder / f"{name}.pem"], check=True, capture_output=True)
    return ["--tls-cert", folder / f"{name}.pem", "--tls-key", folder / f"{name}.key", "--tls-ca", folder / "ca.pem"]


class Node:
    """One `serve`. Where others find it is settled before it starts, because its peers need it."""

    def __init__(self, name, place, program, folder):
        self.name, self.place, self.program, self.folder = name, place, program, folder
        self.host, self.port, self.cluster_port = place.host, place.free_port(), place.free_port()
        self.data_dir = folder / name
        self.process = None

    def prepare(self, options):
        """`options`: pairs; those that this program does not have are left out."""
        known = known_options(self.program, "serve")
        words = [self.program, "serve", "--listen", f"{self.host}:{self.port}", "--node", self.name]
        if "--open" in known:  # hosts are namespaces here, and nobody logs in
            words += ["--open", "--access-log", "none"]
        for option, value in options.items():
            if f"{option} " in known and value is not None:
                words += [option] if value is True else [option, str(value)]
        self.process = Process(self.name, self.place.command(words), self.folder / f"{self.name}.log")

    async def start(self):
        self.process.start()
        await wait_until(lambda: listens(self.host, self.port), f"node {self.name}", START_LIMIT, self.process)
        return self

    async def ask(self, method, path, headers=(), body=b"", limit=30.0):
        return await fetch(self.host, self.port, method, path, headers, body, limit)

    async def json(self, path):
        return (await self.ask("GET", path)).json()


class Worker:
    """One `worker --join`."""

    def __init__(self, name, place, program, folder, join, threads, tls):
        words = [program, "worker", "--join", join, "--threads", str(threads), *map(str, tls)]
        self.place = place
        self.process = Process(name, place.command(words), folder / f"{name}.log", {"TMPDIR": str(folder)})


DEPLOYED = pathlib.Path(__file__).resolve().parents[2] / "deploy/nginx/oq-engine-server.conf"
NGINX = """
daemon off; master_process on; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/nginx-body; proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-f; uwsgi_temp_path {folder}/nginx-u; scgi_temp_path {folder}/nginx-s;
  keepalive_requests 1000000; keepalive_timeout 600s;
  upstream oq_nodes {{
    least_conn;
{servers}
    keepalive 64;
  }}
  server {{
    listen {listen};
    {location}
  }}
}}
"""


def deployed_location():
    """How deploy/nginx passes requests on, which is what a rolling restart relies on."""
    text = DEPLOYED.read_text()
    begin = text.index("location / {")
    return text[begin:text.index("\n    }", begin) + 6]


class Nginx:
    def __init__(self, place, nodes, folder):
        self.host, self.port = place.host, place.free_port()
        servers = "".join(f"    server {node.host}:{node.port} max_fails=0;\n" for node in nodes)
        configuration = folder / "nginx.conf"
        configuration.write_text(NGINX.format(folder=folder, servers=servers, listen=f"{self.host}:{self.port}",
                                              location=deployed_location()))
        # nginx drops to a user of its own, who must reach the folder.
        self.process = Process("nginx", place.command([program(), "-c", configuration, "-p", folder, "-g", "user root;"]),
                               folder / "nginx.out")

    async def start(self):
        self.process.start()
        await wait_until(lambda: listens(self.host, self.port), "nginx", process=self.process)
        return self


def program():
    return next((path for path in ("/usr/sbin/nginx", "/usr/bin/nginx") if pathlib.Path(path).exists()), None)


def owners(reply):
    """calculation -> node of GET /v1/cluster; empty when this node has no such route."""
    if reply.status != 200:
        return {}
    found = {}
    for node in json.loads(reply.body).get("nodes", []):
        for calculation in node.get("calculations", []):
            found[calculation if isinstance(calculation, int) else calculation.get("id")] = node.get("name", node.get("node"))
    return found
