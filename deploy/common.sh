# Sourced by the scripts beside it: where the tree is, and how they speak.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n== %s\n' "$*"; }
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# One job a core, but never more than memory carries: the heaviest file takes about 1 GB to compile.
build_jobs() {
  local cores memory_kb by_memory
  cores=$(nproc)
  memory_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
  by_memory=$((memory_kb / 1000000))
  ((by_memory >= 1)) || by_memory=1
  echo "${OQ_JOBS:-$((cores < by_memory ? cores : by_memory))}"
}
