import hashlib
import hmac
import os
from datetime import UTC, datetime
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Request
from prefect.deployments import arun_deployment
from pydantic import BaseModel

DEPLOYMENTS = {"fraud": "train-fraud/production"}  # names from outside never become names of deployments
RETRAIN_FROM = {"fraud": 0.5}  # share of drifted columns; an example: take yours from what last year would have started
app = FastAPI()


class Drift(BaseModel):
    model: str
    share_drifted: float


@app.post("/drift")
async def drift(request: Request, signature: Annotated[str, Header(alias="X-Signature")]) -> dict[str, str]:
    body = await request.body()
    expected = hmac.new(os.environb[b"DRIFT_KEY"], body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(signature, expected):
        raise HTTPException(401)
    alarm = Drift.model_validate_json(body)
    if alarm.model not in DEPLOYMENTS:
        raise HTTPException(404)
    if alarm.share_drifted < RETRAIN_FROM[alarm.model]:
        return {"action": "noted"}
    year, week, _ = datetime.now(UTC).isocalendar()
    run = await arun_deployment(
        DEPLOYMENTS[alarm.model],
        parameters={"reason": f"drift {alarm.share_drifted:.2f}"},
        idempotency_key=f"drift-{alarm.model}-{year}-{week}",  # one retraining a week, however often it rings
        timeout=0,  # do not wait for the run
    )
    return {"action": "requested", "run": str(run.id)}
