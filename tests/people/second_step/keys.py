"""An authenticator in software: it keeps keys, and answers as a browser would (ES256, attestation "none")."""

import base64
import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

STEP, SECOND, AGAIN = "/en/me/second-step/", "/en/sign-in/second/", "/en/me/again/"
NEW, BEGIN = f"{STEP}passkeys/new/", f"{STEP}passkeys/begin/"
ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Key:
    """One passkey on one device."""

    def __init__(self, name=b""):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id, self.handle, self.count = name or secrets.token_bytes(32), b"", 0

    def made(self, asked, origin=ORIGIN, **changed):
        """Answer a question of `begin` for a new passkey."""
        asked = {**asked, **changed}
        self.handle = decoded(asked["user"]["id"])
        point = self.private.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        about = self._about(asked["rp"]["id"], PRESENT | VERIFIED | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": about})
        said = self._said("webauthn.create", asked["challenge"], origin)
        return self._answer(said, attestationObject=encoded(attestation), transports=["internal"])

    def shown(self, asked, origin=ORIGIN, counts=True, **changed):
        """Answer a question of `begin` for a passkey that is there; each answer counts one more use."""
        asked = {**asked, **changed}
        self.count += counts
        about = self._about(asked["rpId"], PRESENT | VERIFIED)
        said = self._said("webauthn.get", asked["challenge"], origin)
        signature = self.private.sign(about + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        known = {"authenticatorData": encoded(about), "signature": encoded(signature)}
        return self._answer(said, **known, userHandle=encoded(self.handle) or None)

    def _about(self, name, flags):
        return hashlib.sha256(name.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, act, challenge, origin):
        return json.dumps({"type": act, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, said, **response):
        response["clientDataJSON"] = encoded(said)
        name = encoded(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def asked(browser, path):
    """Return what a page's script is told to ask the device."""
    answer = browser.post(path)
    assert answer.status == 200, answer.status
    return json.loads(answer.html)
