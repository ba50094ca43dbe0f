"""Frozen pydantic records: what the catalogue knows (here) and what a user brings (`model.input`)."""
