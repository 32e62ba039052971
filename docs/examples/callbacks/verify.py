"""Verifies a JobTracker callback. Python 3.8 or newer, standard library only.

In a receiver, call verify() with the raw body, before any JSON parser has touched it. From a shell:
    CALLBACK_SECRET=whsec_... python3 verify.py ID TIMESTAMP SIGNATURE [NOW] < body
"""
import base64
import hashlib
import hmac
import os
import sys
import time

TOLERANCE_SECONDS = 300


def verify(secret: str, headers: dict, body: bytes, now: float) -> bool:
    """True when the body came from JobTracker within the last five minutes. The names in headers are lower case."""
    callback_id = headers["webhook-id"]
    timestamp = headers["webhook-timestamp"]
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret[len("whsec_"):])
    digest = hmac.new(key, f"{callback_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    # Two signatures while the secret is being replaced: one that fits is enough.
    return any(hmac.compare_digest(expected, given.encode()) for given in headers["webhook-signature"].split(" "))


if __name__ == "__main__":
    given = dict(zip(("webhook-id", "webhook-timestamp", "webhook-signature"), sys.argv[1:4]))
    judged_at = float(sys.argv[4]) if len(sys.argv) > 4 else time.time()
    genuine = verify(os.environ["CALLBACK_SECRET"], given, sys.stdin.buffer.read(), judged_at)
    print("genuine" if genuine else "refused")
    sys.exit(0 if genuine else 1)
