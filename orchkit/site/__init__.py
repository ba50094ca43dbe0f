"""The handbook's workshop: macros for pages, the builder's run, the runtime bundle, the static API, the local server."""
