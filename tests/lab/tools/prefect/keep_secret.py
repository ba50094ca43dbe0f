"""Puts the token of the model registry into a Secret block, as somebody does once by hand, then runs the flow that reads it."""

import os

from prefect.blocks.system import Secret
from workflow import BLOCK, training

Secret(value=os.environ.pop("LAB_SECRET")).save(BLOCK, overwrite=True)
training(os.environ["LAB_RUN"], secret=BLOCK)
