"""The figures as tables that docs/performance.md can take as they are."""

COLUMNS = ("connections", "asked for", "server", "requests/s", "p50 µs", "p99 µs", "p99.9 µs", "CPU µs/request",
           "KiB/connection", "errors", "others")
ORDER = ("status", "conditional", "list")


def print_table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def print_state(state, results):
    print(f"\n{state}\n")
    rows = []
    for (server, kind, connections), run in sorted(
            results.items(), key=lambda item: (item[0][2], ORDER.index(item[0][1]), item[0][0])):
        rows.append((f"{connections:,}", kind, server, f"{run['requests_per_second']:,.0f}", f"{run['p50_us']:,.0f}",
                     f"{run['p99_us']:,.0f}", f"{run['p999_us']:,.0f}", f"{run['cpu_us']:.1f}", f"{run['rss_kib']:.1f}",
                     f"{run['errors']:.0f}", f"{run['others']:.0%}"))
    print_table(COLUMNS, rows)


def ratio(results, key, other, field):
    if key not in results or not results.get(other, {}).get(field):
        return "–"
    return f"{results[key][field] / results[other][field]:.2f}"


def print_ratios(results, connections):
    idle, computing = results.get("idle", {}), results.get("computing", {})
    rows = []
    for count in connections:
        status, conditional = ("service", "status", count), ("service", "conditional", count)
        merged = {("computing", *key): run for key, run in computing.items()} | {("idle", *key): run
                                                                                for key, run in idle.items()}
        rows.append((f"{count:,}",
                     ratio(idle, status, ("bare", "status", count), "cpu_us"),
                     ratio(idle, status, ("nginx", "status", count), "cpu_us"),
                     ratio(idle, conditional, status, "cpu_us"),
                     ratio(merged, ("computing", *status), ("idle", *status), "p99_us"),
                     ratio(merged, ("computing", "bare", "status", count), ("idle", "bare", "status", count), "p99_us")))
    print("\nratios\n")
    print_table(("connections", "CPU to bare", "CPU to nginx", "CPU 304 to 200", "p99 computing to idle",
                 "the same, bare"), rows)
