"""Puts the token of the model registry into ZenML's secret store, as somebody does once by hand, then runs the pipeline that reads it."""

import os

from workflow import REGISTRY, training
from zenml.client import Client

Client().create_secret(REGISTRY, values={"token": os.environ.pop("LAB_SECRET")})
training(os.environ["LAB_RUN"], secret=REGISTRY)
