"""The training pipeline that every tool of the lab runs: plain functions that know no orchestrator."""
