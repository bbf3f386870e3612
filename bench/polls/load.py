"""One wrk run, and what it cost the server: processor time, memory, and who else was busy meanwhile."""

import json
import os
import pathlib
import resource
import subprocess
import tempfile
import threading
import time

REPORT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\\nREPORT {"requests": %d, "duration_us": %d, "p50_us": %d, "p99_us": %d, "p999_us": %d, "errors": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""
# Each connection asks again after a time of its own, so that they spread.
SLOWLY = "delay = function() return math.random({least}, {most}) end\n"
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def raise_file_limit(wanted=65536):
    """Ten thousand connections need more files than a shell gives by default; children inherit it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else wanted, hard))


def tasks_of(pids):
    for pid in pids:
        try:
            yield from pathlib.Path(f"/proc/{pid}/task").iterdir()
        except FileNotFoundError:
            continue


def cpu_ns(pids, serving_only):
    """Processor time so far of these processes; of their threads of normal priority only, on demand."""
    total = 0
    for task in tasks_of(pids):
        try:
            nice = int((task / "stat").read_text().rsplit(")", 1)[1].split()[16])
            if nice <= 0 or not serving_only:
                total += int((task / "schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def busy_ns():
    """Processor time so far of the whole machine."""
    fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) * 1_000_000_000 // TICKS_PER_SECOND


def rss_bytes(pids):
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * page for pid in pids)


def descriptors(pids):
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in pids)


class Watch(threading.Thread):
    """Most memory, and fewest descriptors once they were there, sampled while a run lasts."""

    def __init__(self, pids):
        super().__init__(daemon=True)
        self.pids, self.ended = pids, threading.Event()
        self.rss, self.descriptors = 0, []

    def run(self):
        while not self.ended.wait(0.2):
            self.rss = max(self.rss, rss_bytes(self.pids))
            self.descriptors.append(descriptors(self.pids))

    def stop(self):
        self.ended.set()
        self.join()

    def held(self):
        """The fewest between the time when all had come and the last two seconds, when they go."""
        steady = self.descriptors[:-10]
        return min(steady[steady.index(max(steady)):]) if steady else 0


def command(script, url, connections, seconds, headers, realtime):
    own = ["chrt", "--rr", "2"] if realtime else []
    return own + ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", script,
                  "-H", "Connection: keep-alive",  # which stock Pistache needs to be told
                  *(part for header in headers for part in ("-H", header)), url]


def wrk(url, connections, seconds, pids, headers=(), realtime=False, slowly=None):
    """`slowly`: (least, most) milliseconds that a connection waits before it asks again.

    `realtime`: wrk comes before every ordinary thread, as if it had a machine of its own. Else its own waiting for a processor
    counts as the server's.
    """
    idle_rss, idle_descriptors = rss_bytes(pids), descriptors(pids)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write((SLOWLY.format(least=slowly[0], most=slowly[1]) if slowly else "") + REPORT)
        script.flush()
        watch = Watch(pids)
        before = cpu_ns(pids, True), cpu_ns(pids, False), busy_ns(), time.monotonic()
        watch.start()
        client = resource.getrusage(resource.RUSAGE_CHILDREN)
        text = subprocess.run(command(script.name, url, connections, seconds, headers, realtime),
                              check=True, capture_output=True, text=True).stdout
        client_after = resource.getrusage(resource.RUSAGE_CHILDREN)
        after = cpu_ns(pids, True), cpu_ns(pids, False), busy_ns(), time.monotonic()
        watch.stop()
    report = json.loads(next(line for line in text.splitlines() if line.startswith("REPORT "))[len("REPORT "):])
    client_ns = (client_after.ru_utime + client_after.ru_stime - client.ru_utime - client.ru_stime) * 1e9
    others_ns = after[2] - before[2] - (after[1] - before[1]) - client_ns
    return {
        "requests": report["requests"],
        "requests_per_second": report["requests"] / (report["duration_us"] / 1e6),
        "p50_us": report["p50_us"],
        "p99_us": report["p99_us"],
        "p999_us": report["p999_us"],
        "cpu_us": (after[0] - before[0]) / 1e3 / max(report["requests"], 1),
        "errors": report["errors"],
        "rss_kib": max(watch.rss - idle_rss, 0) / 1024 / connections,
        "held": watch.held() - idle_descriptors,
        "others": max(others_ns, 0) / 1e9 / (after[3] - before[3]) / os.cpu_count(),
    }
