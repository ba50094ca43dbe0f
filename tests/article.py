"""The dataset as it was when the six ranked tools had the scores that the article printed.

Tests of how results are computed, drawn and carried about look at exact numbers and sentences. They compute on this frozen
copy, so that a corrected fact breaks no test but those of the facts themselves.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from orchkit.model.catalogue import Catalogue

ARTICLE = Catalogue.model_validate_json(gzip.decompress((Path(__file__).parent / "data" / "article.json.gz").read_bytes()))
