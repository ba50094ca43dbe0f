"""The only rooms that open files: strict YAML with positions, the dataset folder, the compiled bundle, users' files."""

from orchkit.store.bundle import compile_dataset, load, read_bundle

__all__ = ["compile_dataset", "load", "read_bundle"]
