#!/usr/bin/env python3
"""Whether the tools that read the files of deploy/ accept them: openssl, nginx, systemd-analyze, promtool, docker."""

import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
os.environ["PATH"] += ":/usr/sbin:/sbin"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)


def needs(program):
    there = shutil.which(program) is not None
    if not there:
        print(f"SKIPPED, NOT CHECKED: {program} is not installed", file=sys.stderr)
    return unittest.skipUnless(there, f"{program} is not installed")


class Folder(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.folder = pathlib.Path(kept.name)

    def make(self, *arguments, expected=0):
        made = run(DEPLOY / "make-certificates", self.folder / "tls", *arguments)
        self.assertEqual(made.returncode, expected, made.stderr)
        return self.folder / "tls"


@needs("openssl")
class Certificates(Folder):
    def verify(self, tls, name, purpose):
        return run("openssl", "verify", "-CAfile", tls / "ca.crt", "-purpose", purpose, tls / f"{name}.crt").returncode == 0

    def test_a_node_calls_and_is_called(self):
        tls = self.make("--node", "north=10.0.0.11,north.example.org")
        self.assertTrue(self.verify(tls, "north", "sslserver"))
        self.assertTrue(self.verify(tls, "north", "sslclient"))

    def test_a_worker_only_calls(self):
        tls = self.make("--worker", "w")
        self.assertTrue(self.verify(tls, "w", "sslclient"))
        self.assertFalse(self.verify(tls, "w", "sslserver"))

    def test_they_name_the_addresses_by_which_a_node_is_reached(self):
        tls = self.make("--node", "north=10.0.0.11,north.example.org")
        text = run("openssl", "x509", "-in", tls / "north.crt", "-noout", "-ext", "subjectAltName").stdout
        self.assertIn("DNS:north, IP Address:10.0.0.11, DNS:north.example.org", text)

    def test_an_authority_of_somebody_else_does_not_vouch(self):
        tls = self.make("--node", "north")
        shutil.move(tls, self.folder / "theirs")
        tls = self.make("--node", "north")
        shutil.copy(self.folder / "theirs/north.crt", tls / "north.crt")
        self.assertFalse(self.verify(tls, "north", "sslserver"))

    def test_a_node_is_added_without_a_change_to_the_others(self):
        tls = self.make("--node", "north")
        before = {path.name: path.read_bytes() for path in tls.iterdir() if path.suffix in (".crt", ".key")}
        self.make("--node", "north", "--node", "south")
        for name, content in before.items():
            self.assertEqual((tls / name).read_bytes(), content, name)
        self.assertTrue(self.verify(tls, "south", "sslserver"))

    def test_keys_are_for_their_owner_alone(self):
        for key in self.make("--node", "north", "--worker", "w").glob("*.key"):
            self.assertEqual(key.stat().st_mode & 0o077, 0, key.name)

    def test_a_name_that_would_leave_the_folder_is_refused(self):
        self.make("--node", "../north", expected=2)
        self.make("--node", "ca", expected=2)

    def test_the_passwords_of_the_containers_are_made_once(self):
        script = DEPLOY / "containers/make-secrets"
        self.assertEqual(run(script, self.folder).returncode, 0)
        first = (self.folder / "server.toml").read_text()
        self.assertEqual(run(script, self.folder).returncode, 0)
        self.assertEqual((self.folder / "server.toml").read_text(), first)
        self.assertIn((self.folder / "postgres_password").read_text(), first)
        self.assertEqual((self.folder / "server.toml").stat().st_mode & 0o077, 0)


@needs("nginx")
@needs("openssl")
class Nginx(Folder):
    def check(self, upstream):
        """The files as they are, but for the places that a test may not touch."""
        tls = self.make("--site", "hazard=hazard.example.org")
        site = (DEPLOY / "nginx/oq-engine-server.conf").read_text().replace("/etc/nginx/tls", str(tls))
        # Names of containers are known to their network only.
        nodes = re.sub(r"server (server-[ab]):", "server 127.0.0.1:", (DEPLOY / upstream).read_text())
        # Not everybody may listen on port 443.
        numbers = itertools.count()
        site = re.sub(r"listen \S+?( ssl http2)?;", lambda m: f"listen unix:{self.folder}/{next(numbers)}{m[1] or ''};", site)
        configuration = self.folder / "nginx.conf"
        configuration.write_text(f"pid {self.folder}/pid; error_log stderr; events {{}} http {{ access_log off;\n"
                                 f"{nodes}\n{site}\n}}\n")
        return run("nginx", "-t", "-q", "-p", self.folder, "-c", configuration)

    def test_accepts_the_site_on_hosts(self):
        checked = self.check("nginx/upstream.conf")
        self.assertEqual(checked.returncode, 0, checked.stderr)

    def test_accepts_the_site_in_containers(self):
        checked = self.check("containers/upstream.conf")
        self.assertEqual(checked.returncode, 0, checked.stderr)


@needs("systemd-analyze")
class Units(Folder):
    def verify(self, name, instance):
        # The program need not be installed where the unit is checked.
        unit = (DEPLOY / "systemd" / name).read_text().replace("/usr/local/bin/oq-engine-server", "/bin/true")
        place = self.folder / name.replace("@.", f"@{instance}.")
        place.write_text(unit)
        (self.folder / name).write_text(unit)
        checked = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", place)
        # Of our file only: other units of the machine may have their own faults.
        return [line for line in (checked.stdout + checked.stderr).splitlines() if name.split("@")[0] in line]

    def test_accepts_the_unit_of_a_node(self):
        self.assertEqual(self.verify("oq-engine-server@.service", "north"), [])

    def test_accepts_the_unit_of_a_worker(self):
        self.assertEqual(self.verify("oq-engine-worker@.service", "1"), [])

    def test_the_check_itself_finds_faults(self):
        broken = self.folder / "oq-engine-server@.service"
        broken.write_text("[Service]\nExecStart=/bin/true\nNoNewPrivileges=perhaps\n")
        checked = run("systemd-analyze", "verify", "--man=no", broken)
        self.assertIn("perhaps", checked.stdout + checked.stderr)


@needs("promtool")
class Prometheus(Folder):
    def test_accepts_the_configuration_and_the_rules(self):
        checked = run("promtool", "check", "config", DEPLOY / "monitoring/prometheus.yml")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_accepts_every_query_of_the_dashboard(self):
        """As rules, since those it can check."""
        board = json.loads((DEPLOY / "monitoring/dashboard.json").read_text())
        queries = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
        queries = [query.replace("$__rate_interval", "1m").replace("$node", ".*") for query in queries]
        rules = [{"record": f"query:{i}", "expr": query} for i, query in enumerate(queries)]
        file = self.folder / "rules.json"
        file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
        checked = run("promtool", "check", "rules", file)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


class Compose(Folder):
    def test_accepts_the_file(self):
        """Reading only: no daemon is asked."""
        command = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
        if not shutil.which(command[0]) or run(*command, "version").returncode != 0:
            print("SKIPPED, NOT CHECKED: no docker compose is installed", file=sys.stderr)
            self.skipTest("no docker compose is installed")
        checked = run(*command, "-f", DEPLOY / "containers/compose.yaml", "config", "--quiet")
        self.assertEqual(checked.returncode, 0, checked.stderr)


if __name__ == "__main__":
    unittest.main()
