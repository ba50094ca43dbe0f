"""Where a page stands: what a view must know of the site around it to make links."""

from __future__ import annotations

from orchkit.model.base import Record


class Place(Record):
    """The site's root and the repository behind it."""

    base: str = "/"
    """Path of the site's root, with a slash at both ends. Links are absolute, because builders treat relative ones differently."""
    edit: str | None = None
    """Address before which a file's path is put to edit it; null when the site does not know its repository."""

    def page(self, path: str) -> str:
        """Link to a page or file of the site."""
        return self.base + path

    def correct(self, file: str) -> str:
        """Link to where a shown value can be corrected: the file in the repository, or the page that explains how."""
        return f"{self.edit}{file}" if self.edit else self.page("contribute/correct-a-fact/")
