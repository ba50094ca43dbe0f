"""Where a page stands: what a view must know of the site around it to make links."""

from __future__ import annotations

from urllib.parse import urlsplit

from orchkit.errors import InputError, Problem
from orchkit.model.base import Record


class Place(Record):
    """The site's root and the repository behind it."""

    origin: str = ""
    """Scheme and host of the site, for an address that is read elsewhere; empty where nobody knows it."""
    base: str = "/"
    """Path of the site's root, with a slash at both ends. Links are absolute, because builders treat relative ones differently."""
    edit: str | None = None
    """Address before which a file's path is put to edit it; null when the site does not know its repository."""

    @classmethod
    def at(cls, site_url: str, edit: str | None = None) -> Place:
        """Return where a site stands by its whole address; nothing is known of an empty one. Links begin with the path of the address.

        Raises `InputError` where it is no web address.
        """
        if not site_url:
            return cls(base="")
        try:
            parts = urlsplit(site_url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.netloc or not site_url.isprintable() or " " in site_url:
            raise InputError(Problem("--site", f"`{site_url}` is no web address", "Write it as https://example.org/handbook/"))
        return cls(origin=f"{parts.scheme}://{parts.netloc}", base=parts.path if parts.path.endswith("/") else parts.path + "/", edit=edit)

    def page(self, path: str) -> str:
        """Link to a page or file of the site."""
        return self.base + path

    def address(self, path: str) -> str:
        """Return the whole address of a page, or as much of it as is known."""
        return self.origin * self.origin.startswith(("https://", "http://")) + self.page(path)

    def correct(self, file: str) -> str:
        """Link to where a shown value can be corrected: the file in the repository, or the page that explains how."""
        return f"{self.edit}{file}" if self.edit else self.page("contribute/correct-a-fact/")
