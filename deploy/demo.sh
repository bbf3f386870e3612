# Sourced by deploy/run: submits a demo with curl, waits for it and prints what it found.

# submit FOLDER INI [FORM FIELD...]: prints the id of the new calculation.
submit() {
  local folder=$1 ini=$2 archive answer id
  archive=$run_dir/$(basename "$folder").zip
  rm -f "$archive"
  (cd "$folder" && zip -q "$archive" ./*.ini ./*.xml)
  answer=$(curl -sS -m 60 -F "archive=@$archive" -F "job_ini=$ini" "${@:3}" "$base/v1/calc/run") ||
    fail "the server did not take the demo"
  id=$(jq -r '.job_id // empty' <<<"$answer" 2>/dev/null || true)
  [[ -n $id && $(jq -r '.status' <<<"$answer") != null ]] || fail "the demo was refused: $answer"
  echo "$id"
}

# wait_complete ID: follows the log until the calculation ends.
wait_complete() {
  local id=$1 seen=0 status rows end=$((SECONDS + ${OQ_DEMO_SECONDS:-300}))
  while ((SECONDS < end)); do
    status=$(curl -fsS -m 10 "$base/v1/calc/$id/status" | jq -r '.status')
    rows=$(curl -fsS -m 10 "$base/v1/calc/$id/log/$seen:")
    jq -r '.[] | "  [" + .[0] + " " + .[1] + "] " + .[3]' <<<"$rows"
    seen=$((seen + $(jq length <<<"$rows")))
    case $status in
      complete) echo "calculation $id is complete" && return 0 ;;
      failed | aborted)
        curl -sS -m 10 "$base/v1/calc/$id/traceback" | jq -r '.[]' >&2
        fail "calculation $id is $status"
        ;;
    esac
    sleep 0.5
  done
  fail "calculation $id is still $status"
}

# fetch ID TYPE: the output of that type, as files in a folder whose name it prints.
fetch() {
  local url folder
  url=$(curl -fsS -m 10 "$base/v1/calc/$1/results" |
    jq -r --arg type "$2" '[.[] | select(.type == $type)][0].url // empty')
  [[ -n $url ]] || return 1
  folder=$run_dir/demo/$1-$2
  rm -rf "$folder" && mkdir -p "$folder"
  (cd "$folder" && curl -fsS -m 60 -OJ "$url?export_type=csv")
  for file in "$folder"/*.zip; do
    [[ ! -e $file ]] || { unzip -qo "$file" -d "$folder" && rm "$file"; }
  done
  echo "$folder"
}

# first_rows FILE COUNT: header and first rows of a CSV, without its comment line.
first_rows() { tr -d '\r' <"$1" | grep -v '^#' | head -n "$(($2 + 1))" | sed 's/^/  /'; }

# The curve of the first site as pairs: the header cells are named poe-LEVEL after lon, lat and depth.
print_mean_curve() {
  tr -d '\r' <"$1" | awk -F, '
    /^#/ { next }
    !names { names = split($0, name, ","); next }
    { printf "  site at lon %s, lat %s\n  %12s  %s\n", $1, $2, "level (g)", "probability of exceedance in 50 years"
      for (i = 4; i <= names; i++) { sub("poe-", "", name[i]); printf "  %12s  %s\n", name[i], $i }
      exit }'
}

print_hazard() {
  local folder
  folder=$(fetch "$1" hcurves) || fail "calculation $1 has no hazard curves"
  for file in "$folder"/hazard_curve-mean-PGA*.csv; do
    say "mean hazard curve for PGA"
    print_mean_curve "$file"
  done
  if folder=$(fetch "$1" hmaps); then
    say "mean hazard map, first sites: level in g that is exceeded with the given probability in 50 years"
    first_rows "$folder"/hazard_map-mean*.csv 8
  fi
}

print_losses() {
  local folder
  folder=$(fetch "$1" avg_losses-stats) || folder=$(fetch "$1" avg_losses-rlzs) ||
    fail "calculation $1 has no average losses"
  for file in "$folder"/avg_losses-mean*.csv; do
    say "average losses of the assets in 50 years (EUR), mean"
    first_rows "$file" 20
  done
}

print_next_steps() {
  say "go on with"
  cat <<STEPS
  curl $base/v1/calc/hazard                       # hazard calculations
  curl $base/v1/calc/hazard/$1                     # one, with its parameters
  curl $base/v1/calc/$1/status                     # its state
  curl $base/v1/calc/$1/log/0:                     # its log
  curl $base/v1/calc/$1/results                    # what can be downloaded
  curl -OJ "$base/v1/calc/result/RESULT_ID?export_type=csv"
  curl -OJ $base/v1/calc/$1/datastore              # everything, as HDF5
STEPS
}

demo_run() {
  local folder=$root/demos/$1 hazard risk
  say "demo: submitting $1"
  if [[ $1 == hazard_risk ]]; then
    hazard=$(submit "$folder" job_hazard.ini)
  else
    hazard=$(submit "$folder" job.ini)
  fi
  echo "hazard calculation $hazard"
  wait_complete "$hazard"
  print_hazard "$hazard"
  if [[ $1 == hazard_risk ]]; then
    risk=$(submit "$folder" job_risk.ini -F "hazard_job_id=$hazard")
    say "demo: risk calculation $risk"
    wait_complete "$risk"
    print_losses "$risk"
  fi
  print_next_steps "$hazard"
}
