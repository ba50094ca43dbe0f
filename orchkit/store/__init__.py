"""The only rooms that open files: strict YAML with positions, the dataset folder, the compiled bundle, releases, users' files."""

from orchkit.store.bundle import compile_dataset, read_bundle
from orchkit.store.loading import load

__all__ = ["compile_dataset", "load", "read_bundle"]
