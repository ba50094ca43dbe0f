"""The version of the library: written into decision files, told by the command and the page."""

__version__ = "0.1.0"
