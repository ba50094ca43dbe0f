"""The token of the model registry as a dataset, because credentials are for datasets alone."""

from typing import Any

from kedro.io import AbstractDataset


# orchestration
class TokenDataset(AbstractDataset[None, str]):
    def __init__(self, credentials: dict[str, str]) -> None:
        self._token = credentials["token"]

    def load(self) -> str:
        return self._token

    def save(self, data: None) -> None:
        raise NotImplementedError

    def _describe(self) -> dict[str, Any]:
        return {}


# end
