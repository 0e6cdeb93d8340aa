"""Links to a decision record that stop working: signed, and good for an hour by default."""

from __future__ import annotations

from itsdangerous import URLSafeTimedSerializer

SALT = "teams-record"


class RecordLinks:
    def __init__(self, secret: str, public_url: str, minutes: int) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt=SALT)
        self._base = public_url.rstrip("/")
        self.minutes = minutes

    def link(self, conversation_id: str, turn: int) -> str:
        """To the record of the walk that ended with that turn."""
        return f"{self._base}/teams/records/{self._signer.dumps([conversation_id, turn])}"

    def read(self, signed: str) -> tuple[str, int]:
        """Conversation and turn. Raises BadSignature when it is not ours or its time has passed."""
        conversation_id, turn = self._signer.loads(signed, max_age=self.minutes * 60)
        return str(conversation_id), int(turn)
