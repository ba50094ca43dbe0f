#!/usr/bin/env bash
# Run the code of the pattern pages against real servers: tests/lab/patterns/run.sh PREFECT_VENV AIRFLOW_VENV EVIDENTLY_VENV
set -euo pipefail
prefect=$(realpath "$1")/bin airflow=$(realpath "$2")/bin evidently=$(realpath "$3")/bin
cd "$(dirname "$0")"
stage=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$stage"' EXIT

export PYTHONDONTWRITEBYTECODE=1 DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false HOME=$stage PREFECT_HOME=$stage/prefect
port=$("$prefect/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PREFECT_API_URL=http://127.0.0.1:$port/api
"$prefect/prefect" server start --host 127.0.0.1 --port "$port" >"$stage/server.log" 2>&1 &
server=$!
for _ in $(seq 120); do
    "$prefect/python" -c "import urllib.request; urllib.request.urlopen('$PREFECT_API_URL/health')" 2>/dev/null && break
    kill -0 "$server" || { cat "$stage/server.log"; exit 1; }
    sleep 1
done

"$evidently/python" check_evidently.py
"$prefect/python" check_prefect.py
AIRFLOW=$airflow/airflow "$prefect/python" check_cross_trigger.py
