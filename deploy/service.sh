# Sourced by deploy/run: starts, finds and stops the private Redis and the server.

program=$root/build/release/oq-engine-server
port=${OQ_PORT:-8800}
base=http://127.0.0.1:$port
run_dir=${OQ_RUN_DIR:-$root/build/run}
[[ $run_dir == /* ]] || run_dir=$root/$run_dir
server_log=$run_dir/server.log
server_pid_file=$run_dir/server.pid
redis_pid_file=$run_dir/redis.pid
redis_log=$run_dir/redis.log

# The path of a unix socket may not be longer than 107 bytes.
redis_socket=$run_dir/redis.sock
if ((${#redis_socket} > 100)); then
  redis_socket=/tmp/oq-redis-$(id -u)-$(cksum <<<"$run_dir" | cut -d ' ' -f 1).sock
fi

# alive PID_FILE PROGRAM: the process of the file lives, and is that program (process ids are used again).
alive() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] &&
    [[ $(cat "/proc/$pid/comm" 2>/dev/null) == "${2:0:15}" ]]
}
server_alive() { alive "$server_pid_file" oq-engine-server; }
redis_alive() { alive "$redis_pid_file" redis-server; }
answers() { curl -fsS -m 5 -o /dev/null "$base/v1/engine_version" 2>/dev/null; }

# wait_until SECONDS COMMAND...
wait_until() {
  local end=$((SECONDS + $1))
  until "${@:2}"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

# stop_process NAME PID_FILE COMM: asks, waits, and only then insists.
stop_process() {
  local pid
  alive "$2" "$3" || {
    rm -f "$2"
    return 0
  }
  pid=$(cat "$2")
  echo "stopping $1 (process $pid)"
  kill -TERM "$pid"
  gone() { ! alive "$1" "$2"; }
  wait_until 20 gone "$2" "$3" || kill -KILL "$pid"
  rm -f "$2"
}

service_stop() {
  if ! server_alive && ! redis_alive; then
    echo "nothing of $run_dir is running"
    return 0
  fi
  stop_process "the server" "$server_pid_file" oq-engine-server
  stop_process "Redis" "$redis_pid_file" redis-server
}

service_status() {
  if server_alive && answers; then
    echo "the server answers at $base (process $(cat "$server_pid_file"))"
  else
    echo "no server of $run_dir answers at $base"
    return 1
  fi
}

start_redis() {
  if redis_alive; then
    echo "Redis runs already (process $(cat "$redis_pid_file"))"
    return 0
  fi
  # The cache is never the only place where something is, so it keeps nothing on disk.
  setsid redis-server --port 0 --unixsocket "$redis_socket" --unixsocketperm 700 --save "" \
    --appendonly no --dir "$run_dir" >"$redis_log" 2>&1 </dev/null &
  echo $! >"$redis_pid_file"
  redis_answers() { [[ $(redis-cli -s "$redis_socket" ping 2>/dev/null) == PONG ]]; }
  wait_until 10 redis_answers || fail "Redis does not answer: $(tail -n 5 "$redis_log")"
  echo "Redis answers at $redis_socket (process $(cat "$redis_pid_file"))"
}

# A server of an earlier run is kept when it is this very build and answers; else it makes room.
keep_or_stop_server() {
  server_alive || return 1
  local pid
  pid=$(cat "$server_pid_file")
  if [[ /proc/$pid/exe -ef $program ]] && answers; then
    echo "the server of an earlier run answers at $base (process $pid); using it"
    return 0
  fi
  echo "the server of an earlier run is another build, or does not answer at $base; starting it again"
  stop_process "the server" "$server_pid_file" oq-engine-server
  return 1
}

service_start() {
  local kept=no
  [[ -x $program ]] || fail "$program is not there"
  mkdir -p "$run_dir/data"
  say "run: Redis and the server"
  if keep_or_stop_server; then
    kept=yes
  elif curl -sS -m 2 -o /dev/null "$base/" 2>/dev/null; then
    # Somebody else's answer must not be taken for ours.
    fail "port $port is used by another program; choose one with OQ_PORT=NUMBER deploy/run"
  fi
  start_redis
  [[ $kept == yes ]] || start_server
}

start_server() {
  setsid "$program" serve --listen "127.0.0.1:$port" --data-dir "$run_dir/data" \
    --redis "unix://$redis_socket" >>"$server_log" 2>&1 </dev/null &
  echo $! >"$server_pid_file"
  ready_or_dead() { answers || ! server_alive; }
  wait_until 30 ready_or_dead || true
  server_alive && answers || fail "the server does not answer; the end of $server_log:
$(tail -n 20 "$server_log")"
  echo "the server answers at $base (process $(cat "$server_pid_file")), data in $run_dir/data"
}
