"""Puts the token where the resource looks for it, has Dagster take in every logger at debug level, and launches the job."""

import os
import subprocess
import sys
from pathlib import Path

LOGS = "python_logs:\n  managed_python_loggers: [root]\n  python_log_level: DEBUG\n"

with Path(os.environ["DAGSTER_HOME"], "dagster.yaml").open("a") as settings:
    settings.write(LOGS)
token = os.environ.pop("LAB_SECRET")
sys.exit(subprocess.run([sys.executable, "launch.py", sys.argv[1], "training"], env={**os.environ, "REGISTRY_TOKEN": token}, check=False).returncode)
