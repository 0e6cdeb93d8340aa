"""Whether a turn helped. Fixed reasons, no free text."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from bot.api.authentication import Bearer, ContainerDep, authenticate
from bot.api.problems import not_found, problem_responses
from bot.messages import FeedbackReason

router = APIRouter(tags=["feedback"])


class Feedback(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "conversation_id": "3v0mVJQk5mRDcQ1o5mXb0aVd",
                "turn": 3,
                "rating": "not_useful",
                "reason": "missing",
            }
        }
    )

    conversation_id: str = Field(max_length=64)
    turn: int = Field(ge=0, le=1_000_000)
    rating: Literal["useful", "not_useful"]
    reason: FeedbackReason | None = None


@router.post("/feedback", status_code=204, responses=problem_responses(401, 404, 422))
async def give_feedback(feedback: Feedback, container: ContainerDep, bearer: Bearer) -> None:
    conversation = await authenticate(container, feedback.conversation_id, bearer)
    kept = await container.use.rate(conversation, feedback.turn, feedback.rating, feedback.reason)
    if not kept:
        raise not_found()
