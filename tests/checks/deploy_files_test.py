#!/usr/bin/env python3
"""Whether the files of deploy/ agree with the program: metrics, options, limits, and the parts of compose.yaml."""

import json
import pathlib
import re
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
# Of Prometheus itself, or of its language.
NOT_OURS = {"up", "label_values"}
FUNCTIONS = {"sum", "rate", "increase", "topk", "count", "histogram_quantile", "max_over_time"}
KEYWORDS = {"by", "on", "group_left", "and", "instance", "status", "route", "state", "reason", "result", "le"}


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def load(path):
    return yaml.safe_load(text(path))


def exposed_metrics():
    """Names that /metrics can have; a histogram has three."""
    code = text("http/routes/telemetry.cpp")
    names = set(re.findall(r'"((?:oq|process)_[a-z_]+)"', code))
    histograms = set(re.findall(r'Histogram, "(oq_[a-z_]+)"', code))
    return names - histograms | {name + end for name in histograms for end in ("_bucket", "_sum", "_count")}


def names_in(expression):
    """Metric names of a PromQL expression: words that are neither in a selector nor a text nor a function."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\[[^]]*\]', " ", expression)
    words = set(re.findall(r"[a-z_][a-z0-9_]*", bare))
    return words - FUNCTIONS - KEYWORDS


def dashboard_queries():
    board = json.loads(text("deploy/monitoring/dashboard.json"))
    queries = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    variables = [each["query"]["query"] for each in board["templating"]["list"] if each["type"] == "query"]
    return queries + [re.sub(r"label_values\(([a-z_]+), \w+\)", r"\1", each) for each in variables]


def alert_rules():
    return [rule for group in load("deploy/monitoring/alerts.yml")["groups"] for rule in group["rules"]]


def known_variables():
    """OQ_… variables: every option of the program in capitals."""
    options = re.findall(r"--([a-z][a-z-]+)", text("docs/options.md"))
    return {"OQ_" + option.upper().replace("-", "_") for option in options}


def seconds(value):
    return int(re.fullmatch(r"(\d+)s?", str(value)).group(1))


class Monitoring(unittest.TestCase):
    def test_the_program_exposes_what_the_dashboard_asks_for(self):
        for query in dashboard_queries():
            self.assertLessEqual(names_in(query), exposed_metrics() | NOT_OURS, query)

    def test_the_program_exposes_what_the_alerts_ask_for(self):
        for rule in alert_rules():
            self.assertLessEqual(names_in(rule["expr"]), exposed_metrics() | NOT_OURS, rule["alert"])

    def test_every_metric_of_ours_is_explained(self):
        page = text("docs/cluster.md")
        for name in exposed_metrics():
            stem = re.sub(r"_(bucket|sum|count)$", "", name)
            self.assertIn(f"`{stem}", page)

    def test_every_alert_says_how_urgent_it_is_and_why(self):
        for rule in alert_rules():
            self.assertIn(rule["labels"]["severity"], ("page", "warn"), rule["alert"])
            self.assertTrue(rule["annotations"]["summary"], rule["alert"])

    def test_panels_do_not_overlap(self):
        taken = set()
        for panel in json.loads(text("deploy/monitoring/dashboard.json"))["panels"]:
            at = panel["gridPos"]
            cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
            self.assertFalse(cells & taken, panel["title"])
            self.assertLessEqual(at["x"] + at["w"], 24, panel["title"])
            taken |= cells


class Compose(unittest.TestCase):
    def setUp(self):
        self.file = load("deploy/containers/compose.yaml")
        self.services = self.file["services"]

    def test_what_services_name_is_declared(self):
        for name, service in self.services.items():
            for network in service.get("networks", []):
                self.assertIn(network, self.file["networks"], name)
            for secret in service.get("secrets", []):
                self.assertIn(secret, self.file["secrets"], name)
            for other in service.get("depends_on", {}):
                self.assertIn(other, self.services, name)
            for volume in service.get("volumes", []):
                source = volume.split(":")[0]
                if source.startswith("."):
                    self.assertTrue((DEPLOY / "containers" / source).exists(), source)
                else:
                    self.assertIn(source, self.file["volumes"], name)

    def test_who_is_waited_for_has_a_health_check(self):
        for name, service in self.services.items():
            for other, how in service.get("depends_on", {}).items():
                if how["condition"] == "service_healthy":
                    self.assertIn("test", self.services[other].get("healthcheck", {}), f"{name}: {other}")

    def test_servers_are_given_options_that_exist(self):
        for name in ("server-a", "server-b"):
            given = set(self.services[name]["environment"])
            self.assertLessEqual(given, known_variables() | {"OQ_CONFIG"}, name)

    def test_no_secret_is_in_an_environment(self):
        for name, service in self.services.items():
            for key, value in service.get("environment", {}).items():
                self.assertFalse("PASSWORD" in key and not key.endswith("_FILE"), name)
                self.assertNotRegex(str(value), r"://[^/]*:[^/]*@", name)

    def test_only_nginx_is_reached_from_outside(self):
        for name, service in self.services.items():
            for port in service.get("ports", []):
                self.assertTrue(name == "nginx" or port.startswith("127.0.0.1:"), f"{name}: {port}")

    def test_a_server_may_finish_before_it_is_killed(self):
        server = self.services["server-a"]
        needed = seconds(server["environment"]["OQ_DRAIN"]) + seconds(server["environment"]["OQ_GRACE"]) + 20
        self.assertGreaterEqual(seconds(server["stop_grace_period"]), needed)

    def test_every_node_has_a_certificate_made(self):
        made = self.services["certificates"]["command"]
        for name in ("server-a", "server-b"):
            self.assertEqual(self.services[name]["environment"]["OQ_TLS_CERT"], f"/tls/{name}.crt")
            self.assertIn(name, made)

    def test_prometheus_scrapes_every_server(self):
        jobs = load("deploy/monitoring/prometheus.yml")["scrape_configs"]
        targets = jobs[0]["static_configs"][0]["targets"]
        self.assertEqual(targets, [f"{name}:8800" for name in self.services if name.startswith("server-")])


class Units(unittest.TestCase):
    def test_their_environment_files_name_options_that_exist(self):
        for name in ("common.env", "north.env"):
            given = set(re.findall(r"^(OQ_[A-Z_]+)=", text(f"deploy/systemd/{name}"), re.MULTILINE))
            self.assertTrue(given)
            self.assertLessEqual(given, known_variables(), name)

    def test_a_node_may_finish_before_it_is_killed(self):
        unit = text("deploy/systemd/oq-engine-server@.service")
        common = text("deploy/systemd/common.env")
        limit = int(re.search(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE).group(1))
        drain, grace = (int(re.search(rf"^OQ_{name}=(\d+)$", common, re.MULTILINE).group(1)) for name in ("DRAIN", "GRACE"))
        self.assertGreaterEqual(limit, drain + grace + 20)

    def test_a_worker_is_started_with_options_that_exist(self):
        unit = text("deploy/systemd/oq-engine-worker@.service")
        for option in re.findall(r"--([a-z-]+)", re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE).group(1)):
            self.assertIn(f"`--{option}", text("docs/options.md"))


class Nginx(unittest.TestCase):
    def test_refuses_bodies_at_the_size_that_the_program_does(self):
        self.assertIn("client_max_body_size  1g;", text("deploy/nginx/oq-engine-server.conf"))
        self.assertIn("OQ_MAX_BODY=1GiB", text("deploy/systemd/common.env"))
        self.assertEqual(load("deploy/containers/compose.yaml")["x-environment"]["OQ_MAX_BODY"], "1GiB")

    def test_closes_its_connections_before_the_nodes_do(self):
        nodes = int(re.search(r"idle_time\{(\d+)'(\d+)\}", text("http/limits.hpp")).group(1))
        for path in ("deploy/nginx/upstream.conf", "deploy/containers/upstream.conf"):
            ours = int(re.search(r"keepalive_timeout (\d+)s", text(path)).group(1))
            self.assertLess(ours, nodes, path)

    def test_both_lists_of_nodes_differ_in_the_nodes_only(self):
        def settings(path):
            lines = [line.strip() for line in text(path).splitlines()]
            return [re.sub(r"server \S+", "server", line) for line in lines if line and not line.startswith("#")]
        self.assertEqual(settings("deploy/nginx/upstream.conf"), settings("deploy/containers/upstream.conf"))


if __name__ == "__main__":
    unittest.main()
