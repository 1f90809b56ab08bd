#!/usr/bin/env python3
"""A second verifier of Countervail's proof packs, independent of the first.

Written from docs/verify-a-pack.md alone, in Python 3.11 or later with nothing but its standard library and the
`openssl` command, which checks signatures. It shares no code with Countervail.

    verify_pack.py PACK.zip [--root FINGERPRINT] [--extends OLDER.zip]
    verify_pack.py --batch        a list of calls as JSON on standard input, one a line: {"pack", "root"?, "extends"?};
                                  a pack may be a path of an archive or of a folder

It ends with 0 when the pack is valid, 1 when it is not, and 2 when it is incomplete or no root was given.
"""

import base64
import binascii
import datetime
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
SHA = r"[0-9a-f]{64}"
NUM = r"(?:0|[1-9][0-9]{0,14})"
FORMS = {
    "checkpoint": r"checkpoint\.txt",
    "keys": r"keys\.dsse\.json",
    "leaves": r"leaves\.bin",
    "readme": r"README\.txt",
    "verifier": r"verify\.mjs",
    "revision": rf"(?:worksheets|records)/({UUID})/revision-({NUM})\.json",
    "rendering": rf"(?:worksheets|records)/({UUID})/revision-({NUM})\.pdf",
    "statement": rf"statements/({SHA})\.dsse\.json",
    "event": rf"events/({NUM})\.json",
    "proof": rf"proofs/({NUM})\.json",
    "evidence": rf"evidence/({SHA})",
    "comments": rf"comments/({SHA})\.json",
    "earlier-keys": rf"keys/({NUM})\.dsse\.json",
    "certificate": rf"keys/seal-({SHA})\.pem",
    "hand-over": rf"hand-overs/({SHA})\.dsse\.json",
    "consistency": rf"consistency/({NUM})-({NUM})\.json",
}
NEEDED = ("manifest.json", "manifest.dsse.json", "checkpoint.txt", "keys.dsse.json")
PACK_TYPE = "application/vnd.countervail.pack.v1+json"
KEYS_TYPE = "application/vnd.countervail.keys.v1+json"
HAND_OVER_TYPE = "application/vnd.countervail.key-hand-over.v1+json"
SIGN_OFF_TYPE = "application/vnd.countervail.sign-off.v1+json"
TOLERANCE = datetime.timedelta(seconds=5)
SPAN = datetime.timedelta(days=7)
MOMENT = datetime.timedelta(minutes=5)
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
STATES = ("pre_active", "active", "verify_only", "destroyed")
PURPOSES = ("root", "checkpoint", "statement", "seal")
LARGEST_FILE = 256 * 1024 * 1024
SAFE = 2**53 - 1


class Invalid(Exception):
    """Something is wrong: the pack is invalid, and nothing more is looked at."""


class Incomplete(Exception):
    """Something without which nothing more can be looked at is missing."""


def need(condition, words):
    """Whatever does not hold makes the pack invalid."""
    if not condition:
        raise Invalid(words)


def sha256(data):
    return hashlib.sha256(data).digest()


def sha_hex(data):
    return hashlib.sha256(data).hexdigest()


# --- texts: base64 and JSON in their one canonical form, instants, days ---


def b64(text):
    need(isinstance(text, str) and text.isascii(), "base64 is no text")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("not base64") from None
    need(base64.b64encode(data).decode() == text, "base64 in another spelling")
    return data


def b64_hash(text):
    data = b64(text)
    need(len(data) == 32, "not a hash")
    return data


def utf8(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("not UTF-8") from None


def _constant(name):
    raise ValueError(name)


def load(data):
    """JSON of any spelling."""
    try:
        return json.loads(utf8(data), parse_constant=_constant)
    except (ValueError, RecursionError):
        raise Invalid("not JSON") from None


def _number(value):
    """A number as ECMAScript writes it, for those that appear in signed documents."""
    if isinstance(value, int):
        need(abs(value) <= SAFE, "a number that is not exact")
        return str(value)
    raise Invalid("a fraction in a signed document")


def write(value, depth=0):
    """RFC 8785: keys by UTF-16 units, no blanks."""
    need(depth <= 32, "nested too deeply")
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(write(item, depth + 1) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(write(key) + ":" + write(value[key], depth + 1) for key in keys) + "}"


def canonical(data):
    """JSON that is written canonically; everything else is refused."""
    value = load(data)
    try:
        written = write(value).encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid("a lone surrogate") from None
    need(written == data, "not canonical JSON")
    return value


def members(value, *names, optional=()):
    """An object with exactly these members."""
    need(isinstance(value, dict), "not an object")
    need(set(names) <= set(value) <= set(names) | set(optional), "other members than expected")
    return value


def is_text(value, some=False):
    return isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 <= 20_000 and (value != "" or not some)


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= SAFE


def is_form(value, form):
    return isinstance(value, str) and re.fullmatch(form, value) is not None


def is_day(value):
    if not is_form(value, r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"):
        return False
    try:
        datetime.date.fromisoformat(value)
        return True
    except ValueError:
        return False


def instant(value):
    need(is_form(value, r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"), "not a point in time")
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        raise Invalid("not a point in time") from None


# --- signatures, by openssl ---


def openssl(arguments, files):
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, data in files.items():
            paths[name] = os.path.join(folder, name)
            with open(paths[name], "wb") as file:
                file.write(data)
        done = subprocess.run(
            ["openssl", *[paths.get(one, one) for one in arguments]], capture_output=True, check=False
        )
        return done.returncode == 0


_seen = {}


def signed(spki, message, signature, prehash):
    """Whether openssl accepts a signature; asked once for each, as a batch asks for the same again and again."""
    question = sha256(b"".join(struct.pack(">Q", len(one)) + one for one in (spki, message, signature)))
    if question not in _seen:
        files = {"KEY": spki, "MESSAGE": message, "SIGNATURE": signature}
        if prehash:
            call = ["dgst", "-sha256", "-verify", "KEY", "-keyform", "DER", "-signature", "SIGNATURE", "MESSAGE"]
        else:
            call = ["pkeyutl", "-verify", "-pubin", "-inkey", "KEY", "-keyform", "DER", "-rawin", "-in", "MESSAGE"]
            call += ["-sigfile", "SIGNATURE"]
        _seen[question] = openssl(call, files)
    return _seen[question]


def ed25519(key, message, signature):
    if len(key) != 32 or len(signature) != 64 or not message:
        return False
    return signed(bytes.fromhex("302a300506032b6570032100") + key, message, signature, False)


def der(tag, body):
    length = len(body)
    head = bytes([length]) if length < 128 else (lambda raw: bytes([128 + len(raw)]) + raw)(length.to_bytes((length.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + head + body


def rsa(n, e, message, signature):
    if not (256 <= len(n) <= 1024 and n[0] != 0 and e == b"\x01\x00\x01" and len(signature) == len(n)):
        return False
    key = der(0x30, der(2, (b"\x00" if n[0] > 127 else b"") + n) + der(2, e))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return signed(der(0x30, algorithm + der(3, b"\x00" + key)), message, signature, True)


def by_key(record, message, signature):
    key = b64(record["publicKey"])
    if record["algorithm"] == "ed25519":
        return ed25519(key, message, signature)
    return signed(key, message, signature, True)


# --- envelopes (DSSE) ---


def pae(kind, payload):
    kind = kind.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def envelope(data):
    read = members(canonical(data), "payloadType", "payload", "signatures")
    need(isinstance(read["payloadType"], str) and read["payloadType"], "an envelope without a type")
    entries = read["signatures"]
    need(isinstance(entries, list) and 1 <= len(entries) <= 16, "no signatures, or too many")
    for entry in entries:
        members(entry, "keyid", "sig", optional=("webauthn",))
        need(isinstance(entry["keyid"], str) and entry["keyid"], "a signature without a key")
        is_person = entry["keyid"].startswith("webauthn:")
        need(is_person == ("webauthn" in entry), "a signature that is neither the service's nor a person's")
        entry["sig"] = b64(entry["sig"])
        if is_person:
            need(is_form(entry["keyid"], r"webauthn:[A-Za-z0-9_-]+"), "a passkey without an id")
            proof = members(entry["webauthn"], "authenticatorData", "clientDataJSON", "publicKey", "rpId", "origin")
            for name in ("authenticatorData", "clientDataJSON", "publicKey"):
                proof[name] = b64(proof[name])
            need(isinstance(proof["rpId"], str) and isinstance(proof["origin"], str), "a passkey of nowhere")
    need(len({entry["keyid"] for entry in entries}) == len(entries), "a key signed twice")
    return read["payloadType"], b64(read["payload"]), entries


def verify_envelope(read, kind, known):
    """At least one known key has signed, none of theirs is wrong. Gives who, the unknown ones, and the persons'."""
    found, payload, entries = read
    need(found == kind, "an envelope of another type")
    message = pae(kind, payload)
    by_id = {record["id"]: record for record in known}
    who, unknown = [], []
    for entry in entries:
        if "webauthn" in entry:
            continue
        record = by_id.get(entry["keyid"])
        if record is None:
            unknown.append(entry["keyid"])
        else:
            need(by_key(record, message, entry["sig"]), "a signature that is not that of its key")
            who.append(record)
    need(who, "no known key has signed")
    return who, unknown, [entry for entry in entries if "webauthn" in entry]


# --- keys ---


def fits(raw, algorithm):
    """Whether a public key has the form of its algorithm."""
    return len(raw) == 32 if algorithm == "ed25519" else len(raw) == len(P256) + 64 and raw.startswith(P256)


def algorithm_of(purpose):
    return "ecdsa-p256" if purpose == "seal" else "ed25519"


def tlv(data):
    """Elements of DER that fill some bytes: (tag, whole element, content)."""
    at = 0
    while at < len(data):
        need(at + 2 <= len(data) and data[at] & 31 != 31, "no DER")
        size, head = data[at + 1], 2
        if size >= 128:
            need(size in (0x81, 0x82) and at + size - 126 <= len(data), "no DER")
            head = size - 126
            size = int.from_bytes(data[at + 2 : at + head], "big")
            need(size >= (128 if head == 3 else 256), "DER in another spelling")
        need(at + head + size <= len(data), "DER cut short")
        yield data[at], data[at : at + head + size], data[at + head : at + head + size]
        at += head + size


def check_certificate(pem, keys):
    """The certificate of a seal key that the list has, signed by that key. Gives the key's id."""
    text = utf8(pem)
    need(len(pem) <= 16_384, "a certificate that is too long")
    match = re.fullmatch(r"-----BEGIN CERTIFICATE-----\n((?:.{1,64}\n)*)-----END CERTIFICATE-----\n", text)
    need(match and re.fullmatch(r"(?:.{64}\n)*(?:.{1,64}\n)?", match[1]), "no certificate in PEM")
    outer = list(tlv(b64(match[1].replace("\n", ""))))
    need(len(outer) == 1 and outer[0][0] == 0x30, "no certificate")
    parts = list(tlv(outer[0][2]))
    need(len(parts) == 3 and parts[0][0] == 0x30 and parts[1][1] == ECDSA, "no certificate")
    need(parts[2][0] == 3 and parts[2][2][:1] == b"\x00", "a certificate without a signature")
    inner = list(tlv(parts[0][2]))
    need([one[0] for one in inner] == [0xA0, 2, 0x30, 0x30, 0x30, 0x30, 0x30, 0xA3], "no certificate")
    need(inner[2][1] == ECDSA and inner[3][1] == inner[5][1], "a certificate of another issuer")
    spki = inner[6][1]
    need(any(k["purpose"] == "seal" and k["id"] == sha_hex(spki) for k in keys["keys"]), "a certificate of another key")
    need(fits(spki, "ecdsa-p256") and signed(spki, parts[0][1], parts[2][2][1:], True), "a certificate not signed")
    return sha_hex(spki)


def read_keys(data):
    """A list of keys that its own root has signed."""
    read = envelope(data)
    document = members(canonical(read[1]), "type", "service", "issued", "number", "previous", "keys")
    need(document["type"] == "countervail.keys.v1", "no list of keys")
    need(isinstance(document["service"], str) and document["service"], "no service")
    instant(document["issued"])
    number, previous = document["number"], document["previous"]
    need(is_count(number) and number >= 1, "no number")
    need((previous is None) == (number == 1) and (previous is None or is_form(previous, SHA)), "no forerunner")
    keys = document["keys"]
    need(isinstance(keys, list) and len(keys) <= 1000, "no keys")
    for key in keys:
        members(key, "id", "purpose", "algorithm", "publicKey", "state", "from", "until")
        need(key["purpose"] in PURPOSES and key["state"] in STATES, "a key of no kind")
        need(key["algorithm"] in ("ed25519", "ecdsa-p256"), "a key of no algorithm")
        raw = b64(key["publicKey"])
        need(fits(raw, key["algorithm"]), "a key of another form")
        need(key["id"] == sha_hex(raw), "a key with another id")
        need(instant(key["from"]) <= instant(key["until"]), "a key that ends before it begins")
    need(len({key["id"] for key in keys}) == len(keys), "a key listed twice")
    active = {purpose: [k for k in keys if k["purpose"] == purpose and k["state"] == "active"] for purpose in PURPOSES}
    need(all(len(some) <= 1 for some in active.values()) and len(active["root"]) == 1, "not one active key")
    who, unknown, persons = verify_envelope(read, KEYS_TYPE, active["root"])
    need(not unknown and not persons, "somebody else signed the keys")
    return {**document, "digest": sha_hex(read[1]), "root": active["root"][0]["id"]}


def succeeds(before, after):
    need(after["service"] == before["service"], "keys of another service")
    need(after["number"] == before["number"] + 1 and after["previous"] == before["digest"], "keys that do not continue")
    need(instant(after["issued"]) >= instant(before["issued"]), "keys older than the ones before")
    now = {key["id"]: key for key in after["keys"]}
    for old in before["keys"]:
        new = now.get(old["id"])
        need(new is not None and new["purpose"] == old["purpose"] and new["from"] == old["from"], "a key changed")
        if new["state"] == old["state"]:
            need(new["until"] == old["until"], "a key changed")
        else:
            need(STATES.index(new["state"]) > STATES.index(old["state"]), "a key went back")


def read_hand_over(data, keys):
    read = envelope(data)
    document = members(canonical(read[1]), "type", "service", "purpose", "from", "to", "publicKey", "at")
    need(document["type"] == "countervail.key-hand-over.v1", "no hand-over")
    need(document["service"] == keys["service"] and document["purpose"] in PURPOSES, "a hand-over of elsewhere")
    raw = b64(document["publicKey"])
    algorithm = algorithm_of(document["purpose"])
    need(fits(raw, algorithm), "a key of another form")
    need(sha_hex(raw) == document["to"] and document["from"] != document["to"], "no two keys")
    instant(document["at"])
    old = next((key for key in keys["keys"] if key["id"] == document["from"]), None)
    need(old and old["algorithm"] == algorithm and old["purpose"] == document["purpose"], "an unknown old key")
    new = {"id": document["to"], "algorithm": algorithm, "publicKey": document["publicKey"]}
    who, unknown, persons = verify_envelope(read, HAND_OVER_TYPE, [old, new])
    need(len(who) == 2 and not unknown and not persons, "a hand-over that not both signed")
    return document


def usable(keys, purpose):
    return [key for key in keys["keys"] if key["purpose"] == purpose and key["state"] != "pre_active"]


def signed_between(key, earliest, latest):
    return instant(key["from"]) <= latest + TOLERANCE and instant(key["until"]) >= earliest - TOLERANCE


def leads_to(start, end, hand_overs):
    reached = {start}
    while True:
        more = {h["to"] for h in hand_overs if h["purpose"] == "root" and h["from"] in reached} - reached
        if not more:
            return end in reached
        reached |= more


# --- the trail ---


def node(left, right):
    return sha256(b"\x01" + left + right)


def largest_power_below(size):
    return 1 << ((size - 1).bit_length() - 1)


def root_from_path(leaf, index, size, path):
    """The root that an inclusion proof leads to, by the recursion of RFC 6962, 2.1.1."""
    if size == 1:
        need(not path, "a proof that is too long")
        return leaf
    need(path, "a proof that is too short")
    split = largest_power_below(size)
    if index < split:
        return node(root_from_path(leaf, index, split, path[:-1]), path[-1])
    return node(path[-1], root_from_path(leaf, index - split, size - split, path[:-1]))


def roots_from_proof(old, new, proof, old_root, whole=True):
    """The older and the newer root that a consistency proof leads to, by the recursion of RFC 6962, 2.1.2."""
    if old == new:
        if whole:
            need(not proof, "a proof that is too long")
            return old_root, old_root
        need(len(proof) == 1, "a proof of another length")
        return proof[0], proof[0]
    need(proof, "a proof that is too short")
    split = largest_power_below(new)
    if old <= split:
        before, after = roots_from_proof(old, split, proof[:-1], old_root, whole)
        return before, node(after, proof[-1])
    before, after = roots_from_proof(old - split, new - split, proof[:-1], old_root, False)
    return node(proof[-1], before), node(proof[-1], after)


def is_consistent(old, new, proof, old_root, new_root):
    if old == 0:
        return not proof and old_root == sha256(b"")
    try:
        return roots_from_proof(old, new, proof, old_root) == (old_root, new_root)
    except Invalid:
        return False


def tree_root(leaves):
    if not leaves:
        return sha256(b"")
    while len(leaves) > 1:
        pairs = [node(leaves[i], leaves[i + 1]) for i in range(0, len(leaves) - 1, 2)]
        leaves = pairs + ([leaves[-1]] if len(leaves) % 2 else [])
    return leaves[0]


def read_checkpoint(data, origin, keys):
    """A signed note of three lines; gives size, root and the key that signed."""
    text = utf8(data)
    need(len(data) <= 65_536 and not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text), "no note")
    body, divider, rest = text.rpartition("\n\n")
    need(divider and text.endswith("\n"), "a note without signatures")
    body += "\n"
    lines = rest[:-1].split("\n")
    need(len(lines) <= 16, "too many signatures")
    parsed = []
    for line in lines:
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        need(match, "a signature line that is none")
        raw = b64(match[2])
        need(len(raw) >= 5, "a signature that is none")
        parsed.append((match[1], raw[:4], raw[4:]))
    parts = body.split("\n")
    need(len(parts) == 4 and parts[3] == "" and parts[0] == origin, "no checkpoint of this trail")
    need(is_form(parts[1], NUM.replace("{0,14}", "*")) and int(parts[1]) <= SAFE, "no size")
    root = b64_hash(parts[2])
    who = []
    for name, hint, signature in parsed:
        for key in keys:
            raw = b64(key["publicKey"])
            if name == origin and hint == sha256(name.encode() + b"\n\x01" + raw)[:4]:
                need(key["algorithm"] == "ed25519" and ed25519(raw, body.encode(), signature), "a wrong signature")
                who.append(key)
                break
    need(who, "no known key has signed the checkpoint")
    return int(parts[1]), root, who[0]


# --- passkeys ---


def cose(data):
    """A COSE key as a map; only what WebAuthn keys are made of."""
    at = 0

    def head():
        nonlocal at
        need(at < len(data), "a key cut short")
        major, info = data[at] >> 5, data[at] & 31
        need(info <= 25, "a key of another form")
        more = max(info - 23, 0)
        need(at + 1 + more <= len(data), "a key cut short")
        value = int.from_bytes(data[at + 1 : at + 1 + more], "big") if more else info
        at += 1 + more
        return major, value

    def item():
        nonlocal at
        major, value = head()
        need(major in (0, 1, 2), "a key of another form")
        if major < 2:
            return value if major == 0 else -1 - value
        need(at + value <= len(data), "a key cut short")
        at += value
        return data[at - value : at]

    major, count = head()
    need(major == 5, "no key")
    found = {}
    for _ in range(count):
        key, value = item(), item()
        need(isinstance(key, int) and key not in found, "a key of another form")
        found[key] = value
    need(at == len(data), "something after a key")
    return found


def by_passkey(entry, kind, payload):
    proof = entry["webauthn"]
    said = load(proof["clientDataJSON"])
    need(isinstance(said, dict), "no client data")
    challenge = base64.urlsafe_b64encode(sha256(pae(kind, payload))).decode().rstrip("=")
    need(said.get("type") == "webauthn.get" and said.get("challenge") == challenge, "a passkey over something else")
    need(said.get("origin") == proof["origin"], "a passkey shown elsewhere")
    need("crossOrigin" not in said or said["crossOrigin"] is False, "a passkey shown inside another page")
    match = re.fullmatch(r"https?://([a-z0-9.-]+)(?::[0-9]{1,5})?", proof["origin"])
    name = proof["rpId"]
    need(match and name and (match[1] == name or match[1].endswith("." + name)), "a passkey for another name")
    data = proof["authenticatorData"]
    need(len(data) >= 37 and data[:32] == sha256(name.encode("utf-8", "surrogatepass")), "a passkey for another name")
    need(data[32] & 5 == 5, "nobody was checked")
    key = cose(proof["publicKey"])
    message = data + sha256(proof["clientDataJSON"])
    x, y = key.get(-2), key.get(-3)
    is32 = [isinstance(one, bytes) and len(one) == 32 for one in (x, y)]
    if (key.get(1), key.get(3), key.get(-1), len(key)) == (2, -7, 1, 5) and all(is32):
        spki = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") + x + y
        good = signed(spki, message, entry["sig"], True)
    elif (key.get(1), key.get(3), key.get(-1), len(key)) == (1, -8, 6, 4) and is32[0]:
        good = ed25519(x, message, entry["sig"])
    elif (key.get(1), key.get(3), len(key)) == (3, -257, 4) and isinstance(key.get(-1), bytes) and isinstance(x, bytes):
        good = rsa(key[-1], x, message, entry["sig"])
    else:
        raise Invalid("a passkey of a kind that is not known")
    need(good, "a passkey's signature that is wrong")


# --- archives ---


class Archive:
    """A zip archive, read as strictly as it can be; see the section of the same name in the description."""

    def __init__(self, path):
        try:
            with open(path, "rb") as file:
                self.data = data = file.read()
        except OSError as error:
            raise Invalid(str(error)) from None
        need(len(data) >= 22 and data[-22:-18] == b"PK\x05\x06", "no archive, or something after its end")
        disk, first, here, count, length, offset, comment = struct.unpack("<4H2LH", data[-18:])
        need(count != 0xFFFF and length != 0xFFFFFFFF and offset != 0xFFFFFFFF, "ZIP64")
        need(disk == first == comment == 0 and here == count <= 50_002 and length <= 32 << 20, "several parts")
        need(offset + length == len(data) - 22 and length >= 46 * count, "a directory elsewhere")
        self.entries = {}
        names, at = set(), offset
        found = []
        for _ in range(count):
            need(at + 46 <= offset + length and data[at : at + 4] == b"PK\x01\x02", "no directory")
            flags, method, time, crc, packed, size, n, e, c, start = struct.unpack("<2H4L4H", data[at + 8 : at + 36])
            attributes, place = struct.unpack("<2xLL", data[at + 36 : at + 46])
            name, extra = data[at + 46 : at + 46 + n], data[at + 46 + n : at + 46 + n + e]
            at += 46 + n + e
            need(at <= offset + length and c == 0 and start == 0, "a comment, or no directory")
            path = name.decode("latin-1")
            need(is_form(path, r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*"), "a strange name")
            need(path.lower() not in names, "two files of one name")
            names.add(path.lower())
            need(flags & ~0x080E == 0 and method in (0, 8), "packed in another way")
            need(0xFFFFFFFF not in (packed, size, place), "ZIP64")
            need((attributes >> 16) & 0o170000 != 0o120000, "a link")
            need(method == 8 or packed == size, "two sizes")
            spot = 0
            while spot < len(extra):
                need(spot + 4 <= len(extra), "no directory")
                kind, long = struct.unpack("<2H", extra[spot : spot + 4])
                need(kind not in (0x0001, 0x7075), "ZIP64, or two names")
                spot += 4 + long
            need(spot == len(extra), "no directory")
            found.append((place, path, name, flags, method, time, crc, packed, size))
        need(at == offset + length, "a directory that is too long")
        need(all(one[8] <= LARGEST_FILE for one in found), "a file that is too large")
        need(sum(one[8] for one in found) <= max(LARGEST_FILE, 100 * len(data)), "an archive that explodes")
        at = 0
        for place, path, name, flags, method, time, crc, packed, size in sorted(found, key=lambda one: one[0]):
            need(place == at and at + 30 + len(name) <= offset, "a gap or an overlap")
            signature, _, f, m, t, *sizes, n, e = struct.unpack("<4s3HL3L2H", data[at : at + 30])
            need((signature, f, m, t, n, e) == (b"PK\x03\x04", flags, method, time, len(name), 0), "two headers")
            need(data[at + 30 : at + 30 + n] == name, "two names")
            told = [crc, packed, size]
            need(sizes == told or (flags & 8 and sizes == [0, 0, 0]), "two sizes")
            begin = at + 30 + n
            at = begin + packed + (16 if flags & 8 else 0)
            need(at <= offset, "a file outside")
            if flags & 8:
                need(struct.unpack("<4s3L", data[at - 16 : at]) == (b"PK\x07\x08", *told), "two sizes")
            self.entries[path] = (begin, packed, size, method, crc)
        need(at == offset, "bytes of no file")

    def paths(self):
        return list(self.entries)

    def read(self, path):
        begin, packed, size, method, crc = self.entries[path]
        data = self.data[begin : begin + packed]
        if method == 8:
            unpack = zlib.decompressobj(-15)
            try:
                data = unpack.decompress(data, size + 1)
            except zlib.error:
                raise Invalid("data that cannot be unpacked") from None
            need(unpack.eof and not unpack.unused_data and not unpack.unconsumed_tail, "data of another length")
        need(len(data) == size and zlib.crc32(data) == crc, "damaged data")
        return data


class Folder:
    """A pack that lies unpacked in a folder."""

    def __init__(self, path):
        self.path = path

    def paths(self):
        return [
            os.path.relpath(os.path.join(folder, name), self.path).replace(os.sep, "/")
            for folder, _, names in os.walk(self.path)
            for name in names
        ]

    def read(self, path):
        with open(os.path.join(self.path, path), "rb") as file:
            return file.read()


class Bytes:
    """A pack in a line of a batch: paths and contents in base64."""

    def __init__(self, files):
        self.files = files

    def paths(self):
        return list(self.files)

    def read(self, path):
        return base64.b64decode(self.files[path])


# --- the pack ---


def read_manifest(data):
    read = members(
        canonical(data), "type", "service", "engagementId", "made", "files", "omissions", "checkpoint", "keysSha256", "rootKeyId"
    )
    need(read["type"] == "countervail.pack.v1", "no manifest")
    need(is_form(read["service"], UUID) and is_form(read["engagementId"], UUID), "no service or engagement")
    instant(read["made"])
    need(is_form(read["keysSha256"], SHA) and is_form(read["rootKeyId"], SHA), "no keys")
    point = members(read["checkpoint"], "origin", "size", "root")
    need(is_text(point["origin"], True) and is_count(point["size"]), "no checkpoint")
    point["root"] = b64_hash(point["root"])
    for name in ("files", "omissions"):
        need(isinstance(read[name], list) and len(read[name]) <= 50_000, "no list")
    last = ""
    for file in read["files"]:
        members(file, "path", "size", "sha256", "role")
        need(is_count(file["size"]) and is_form(file["sha256"], SHA) and isinstance(file["path"], str), "no file")
        need(file["role"] in FORMS and is_form(file["path"], FORMS[file["role"]]), "a file in another place")
        need(file["path"] > last, "files in another order")
        last = file["path"]
    for one in read["omissions"]:
        members(one, "what", "reason")
        need(is_text(one["what"], True) and is_text(one["reason"], True), "no omission")
    return read


CRITERIA = ("intent", "defence", "beyond", "added_risk", "now_and_future")
RECORDS = ("customized_approach", "legal_exception", "risk_analysis")
OUTCOMES = ("met", "not_met", "question")


def criteria_of(read, otherwise):
    """The list of criteria of a statement or revision, or what stands for none."""
    if "criteria" not in read:
        return otherwise
    need(isinstance(read["criteria"], list) and len(read["criteria"]) <= 20, "no criteria")
    return read["criteria"]


def check_criteria(one, answered):
    """What a statement says of the criteria, beside those that its revision answers (None: it answers none)."""
    decided = one.get("criteria")
    if decided is None:
        need("criteriaSha256" not in one, "a digest of no criteria")
        need(one["kind"] != "signed" or answered is None, "a signature without what was decided over the criteria")
        return
    need(sha_hex(write(decided).encode("utf-8")) == one.get("criteriaSha256"), "other criteria")
    if one["kind"] == "signed":
        need(all(each["outcome"] == "met" for each in decided), "a signature over a criterion that is not met")
        names = [(each["id"], each["number"]) for each in decided]
        need(answered is None or names == answered, "a signature over other criteria")


def read_statement(data):
    names = "type service id kind wording worksheet evidence evidenceSha256 commentsSha256 catalogue signer".split()
    names += "authentication reason supersedes validUntil at".split()
    read = members(canonical(data), *names, optional=("criteria", "criteriaSha256"))
    need(read["type"] == "countervail.sign-off.v1" and read["kind"] in ("signed", "refused", "revoked", "reopened"), "no statement")
    need(is_form(read["service"], UUID) and is_form(read["id"], UUID), "no service")
    wording = members(read["wording"], "version", "text")
    need(is_text(wording["version"], True) and is_text(wording["text"], True), "no wording")
    names = "id engagementId requirement standardVersion revision sha256".split()
    sheet = members(read["worksheet"], *names, optional=("kind",))
    need("kind" not in sheet or sheet["kind"] in RECORDS, "no kind of record")
    need(is_form(sheet["id"], UUID) and is_form(sheet["engagementId"], UUID), "no worksheet")
    need(is_text(sheet["requirement"], True) and sheet["standardVersion"] in ("4.0.1", "3.2.1"), "no requirement")
    need(is_count(sheet["revision"]) and is_form(sheet["sha256"], SHA), "no revision")
    need(isinstance(read["evidence"], list) and len(read["evidence"]) <= 10_000, "no evidence")
    for one in read["evidence"]:
        members(one, "id", "title", "kind", "files", "collectedOn", "validUntil", optional=("url",))
        need(is_form(one["id"], UUID) and is_text(one["title"]) and one["kind"] in ("link", "file"), "no evidence")
        need("url" not in one or is_text(one["url"]), "no link")
        need(all(one[name] is None or is_day(one[name]) for name in ("collectedOn", "validUntil")), "no day")
        need(isinstance(one["files"], list) and len(one["files"]) <= 1_000, "no files")
        for file in one["files"]:
            members(file, "name", "size", "type", "sha256", "scan")
            need(is_text(file["name"]) and is_count(file["size"]) and is_text(file["type"]), "no file")
            need(is_form(file["sha256"], SHA) and (file["scan"] is None or is_text(file["scan"])), "no file")
    need(is_form(read["evidenceSha256"], SHA), "no evidence")
    for one in criteria_of(read, ()):
        members(one, "id", "number", "outcome", "note", "by", "at")
        need(one["id"] in CRITERIA and is_text(one["number"], True) and one["outcome"] in OUTCOMES, "no criterion")
        need((one["note"] is None or is_text(one["note"])) and is_form(one["by"], UUID), "no criterion")
        instant(one["at"])
    need("criteriaSha256" not in read or is_form(read["criteriaSha256"], SHA), "no criteria")
    for name in ("commentsSha256", "supersedes"):
        need(read[name] is None or is_form(read[name], SHA), "no digest")
    catalogue = members(read["catalogue"], "version", "sha256")
    need(is_text(catalogue["version"], True) and is_form(catalogue["sha256"], SHA), "no catalogue")
    signer = members(read["signer"], "id", "name", "role", "firm")
    need(is_form(signer["id"], UUID) and is_text(signer["name"]) and is_text(signer["role"]), "no signer")
    need(signer["firm"] is None or is_text(signer["firm"]), "no firm")
    how = members(read["authentication"], "methods", "stepUpAt", "kind")
    need(isinstance(how["methods"], list) and len(how["methods"]) <= 20, "no methods")
    need(all(is_text(one, True) for one in how["methods"]) and how["kind"] in ("passkey", "server_witnessed"), "no way")
    if how["stepUpAt"] is not None:
        instant(how["stepUpAt"])
    need(read["reason"] is None or is_text(read["reason"]), "no reason")
    need(read["validUntil"] is None or is_day(read["validUntil"]), "no day")
    instant(read["at"])
    return read


class Pack:
    """A pack, verified while it is made; what it lacks is in `missing`."""

    def __init__(self, source, trusted):
        self.missing = []
        self.open(source)
        self.check_keys()
        self.check_manifest_signature()
        if trusted is None:
            self.missing.append("no root to compare with")
        else:
            need(leads_to(trusted, self.keys["root"], self.hand_overs), "another root than the one that is trusted")
        self.check_checkpoint()
        self.check_events()
        self.check_statements()
        self.check_content()
        self.check_history()

    def open(self, source):
        paths = source.paths()
        gone = [path for path in NEEDED if path not in paths]
        if gone:
            raise Incomplete(f"{gone[0]} is missing")
        self.manifest_bytes = source.read("manifest.json")
        self.manifest_signature = source.read("manifest.dsse.json")
        self.manifest = read_manifest(self.manifest_bytes)
        listed = {file["path"]: file for file in self.manifest["files"]}
        for path in paths:
            need(path in listed or path in NEEDED[:2], f"{path} is not in the manifest")
        self.files = {}
        for path, file in listed.items():
            if path not in paths:
                self.missing.append(f"{path} is missing")
                continue
            data = source.read(path)
            need(len(data) == file["size"] and sha_hex(data) == file["sha256"], f"{path} differs")
            if file["role"] in ("evidence", "comments"):
                need(re.fullmatch(FORMS[file["role"]], path)[1] == file["sha256"], f"{path} has another digest")
            self.files[path] = data

    def of_role(self, role):
        """Files of a role with what their paths say, in the order of their numbers."""
        for file in sorted(self.manifest["files"], key=lambda one: [int(n) for n in re.findall(r"\d+", one["path"])]):
            if file["role"] == role and file["path"] in self.files:
                yield self.files[file["path"]], re.fullmatch(FORMS[role], file["path"]).groups()

    def check_keys(self):
        manifest = self.manifest
        need("keys.dsse.json" in self.files, "the keys are not in the manifest")
        self.keys = keys = read_keys(self.files["keys.dsse.json"])
        need(keys["service"] == manifest["service"], "keys of another service")
        need(keys["root"] == manifest["rootKeyId"] and keys["digest"] == manifest["keysSha256"], "other keys")
        before = None
        for data, (number,) in [*self.of_role("earlier-keys"), (None, (None,))]:
            after = keys if data is None else read_keys(data)
            need(data is None or after["number"] == int(number), "keys of another number")
            if after["number"] > (before["number"] if before else 0) + 1:
                self.missing.append("a list of keys is missing")
                break
            if before is not None:
                succeeds(before, after)
            before = after
        self.hand_overs = []
        for data, (to,) in self.of_role("hand-over"):
            one = read_hand_over(data, keys)
            need(one["to"] == to, "a hand-over of another name")
            need(any(k["id"] == to and k["purpose"] == one["purpose"] for k in keys["keys"]), "a key not listed")
            self.hand_overs.append(one)
        given = {one["to"] for one in self.hand_overs}
        for purpose in ("checkpoint", "statement", "seal"):
            for key in sorted(usable(keys, purpose), key=lambda one: instant(one["from"]))[1:]:
                if key["id"] not in given:
                    self.missing.append(f"no hand-over to a {purpose} key")
        certified = set()
        for data, (name,) in self.of_role("certificate"):
            need(check_certificate(data, keys) == name, "a certificate of another name")
            certified.add(name)
        for key in usable(keys, "seal"):
            if key["id"] not in certified:
                self.missing.append("the certificate of a seal key is missing")

    def check_manifest_signature(self):
        read = envelope(self.manifest_signature)
        need(read[1] == self.manifest_bytes, "a signature over another manifest")
        who, unknown, persons = verify_envelope(read, PACK_TYPE, usable(self.keys, "statement"))
        need(not unknown and not persons, "somebody else signed the manifest")
        self.made = made = instant(self.manifest["made"])
        need(all(signed_between(key, made, made + SPAN) for key in who), "a key of another time")

    def check_checkpoint(self):
        point = self.manifest["checkpoint"]
        prefix = f"countervail/{self.manifest['service']}/"
        self.log = point["origin"].removeprefix(prefix)
        need(point["origin"] == prefix + self.log and is_form(self.log, f"org:{UUID}"), "no trail of an organisation")
        keys = usable(self.keys, "checkpoint")
        self.size, self.root, key = read_checkpoint(self.files["checkpoint.txt"], point["origin"], keys)
        need(self.size == point["size"] and self.root == point["root"], "another checkpoint")
        need(signed_between(key, self.made - SPAN, self.made + SPAN), "a checkpoint key of another time")

    def check_events(self):
        entries = {-1: sha256(b"COUNTERVAIL-AUDIT-GENESIS:" + self.log.encode())}
        self.events = []
        for payload, (number,) in self.of_role("event"):
            seq = int(number)
            data = self.files.get(f"proofs/{seq}.json")
            if data is None:
                self.missing.append(f"no proof of event {seq}")
                continue
            proof = members(canonical(data), "seq", "prevHash", "treeSize", "inclusion")
            need(isinstance(proof["inclusion"], list) and len(proof["inclusion"]) <= 128, "no proof")
            path = [b64_hash(one) for one in proof["inclusion"]]
            before = b64_hash(proof["prevHash"])
            need(is_count(proof["seq"]) and proof["seq"] == seq and is_count(proof["treeSize"]), "another event")
            need(proof["treeSize"] == self.size and seq < self.size, "another tree")
            entry = sha256(b"\x00" + struct.pack(">q", seq) + before + sha256(payload))
            need(root_from_path(sha256(b"\x00" + entry), seq, self.size, path) == self.root, f"event {seq} differs")
            need(entries.get(seq - 1, before) == before, f"event {seq} does not follow")
            entries[seq] = entry
            event = load(payload)
            need(isinstance(event, dict) and isinstance(event.get("action"), str), "no event")
            about = event.get("engagementId")
            need(not isinstance(about, str) or about == self.manifest["engagementId"], "another engagement")
            detail = event.get("detail")
            statement = detail.get("statementSha256") if isinstance(detail, dict) else None
            event = {**event, "seq": seq, "at": instant(event.get("at"))}
            passkey = detail.get("passkey") if isinstance(detail, dict) else None
            name = [passkey.get(one) for one in ("credentialId", "publicKeySha256")] if isinstance(passkey, dict) else []
            event["passkey"] = tuple(name) if name and all(isinstance(one, str) for one in name) else None
            self.events.append({**event, "statement": statement if isinstance(statement, str) else None})
        for _, (number,) in self.of_role("proof"):
            if f"events/{number}.json" not in self.files:
                self.missing.append(f"event {number} is missing")

    def check_statements(self):
        self.statements = {}
        for data, (digest,) in self.of_role("statement"):
            read = envelope(data)
            one = read_statement(read[1])
            need(sha_hex(read[1]) == digest, "a statement of another name")
            sheet, at = one["worksheet"], instant(one["at"])
            need(one["service"] == self.manifest["service"], "a statement of another service")
            need(sheet["engagementId"] == self.manifest["engagementId"], "a statement of another engagement")
            need(at <= self.made + SPAN, "a statement after the pack")
            who, unknown, persons = verify_envelope(read, SIGN_OFF_TYPE, usable(self.keys, "statement"))
            need(not unknown and all(signed_between(key, at, at) for key in who), "a key of another time")
            need(len(persons) == (1 if one["authentication"]["kind"] == "passkey" else 0), "another way of signing")
            for entry in persons:
                by_passkey(entry, SIGN_OFF_TYPE, read[1])
            recorded = [event for event in self.events if event["statement"] == digest]
            need(len(recorded) <= 1, "a statement recorded twice")
            one["seq"] = -1
            if recorded:
                event = recorded[0]
                need(event["action"] == f"worksheet.{one['kind']}", "an event about something else")
                need(event.get("worksheetId") == sheet["id"] and event.get("actorId") == one["signer"]["id"], "another event")
                need(abs(event["at"] - at) <= MOMENT, "an event at another time")
                named = [(entry["keyid"].removeprefix("webauthn:"), sha_hex(entry["webauthn"]["publicKey"])) for entry in persons]
                need(event["passkey"] == (named[0] if named else None), "a passkey that the trail has not recorded")
                one["seq"] = event["seq"]
            else:
                self.missing.append("the event of a statement is missing")
            self.statements[digest] = one
        for event in self.events:
            if event["statement"] is not None and f"statements/{event['statement']}.dsse.json" not in self.files:
                self.missing.append("a recorded statement is missing")
        for one in self.statements.values():
            need(one["kind"] not in ("revoked", "reopened") or one["supersedes"] is not None, "a revocation or reopening of nothing")
            if one["supersedes"] is None:
                continue
            old = self.statements.get(one["supersedes"])
            if old is None:
                self.missing.append("a superseded statement is missing")
                continue
            need(old["worksheet"]["id"] == one["worksheet"]["id"], "a statement on another worksheet")
            need(-1 in (old["seq"], one["seq"]) or old["seq"] < one["seq"], "a statement before the one it replaces")
            need(instant(old["at"]) <= instant(one["at"]) + TOLERANCE, "a statement before the one it replaces")
            need(one["kind"] != "revoked" or old["kind"] == "signed", "a revocation of no signature")
            need(one["kind"] != "reopened" or old["kind"] != "reopened", "a reopening of no decision")

    def check_content(self):
        omitted = {one["what"] for one in self.manifest["omissions"]}
        for one in self.statements.values():
            sheet = one["worksheet"]
            folder = "records" if "kind" in sheet else "worksheets"
            data = self.files.get(f"{folder}/{sheet['id']}/revision-{sheet['revision']}.json")
            answered = None
            if data is None:
                self.missing.append("a signed revision is missing")
            else:
                need(sha_hex(data) == sheet["sha256"], "another revision than was signed")
                content = load(data)
                need(isinstance(content, dict) and isinstance(content.get("header"), dict), "no revision")
                header = content["header"]
                found = (content.get("worksheetId"), content.get("revision"), content.get("catalogueVersion"))
                need(found == (sheet["id"], sheet["revision"], one["catalogue"]["version"]), "another worksheet")
                need(content.get("kind") == sheet.get("kind"), "another kind of document")
                found = (header.get("requirementNumber"), header.get("standardVersion"))
                need(found == (sheet["requirement"], sheet["standardVersion"]), "another requirement")
                if isinstance(content.get("criteria"), list):
                    listed = [each if isinstance(each, dict) else {} for each in content["criteria"]]
                    answered = [(each.get("id"), each.get("number")) for each in listed]
            need("kind" not in sheet or "criteria" not in one, "criteria of a record")
            check_criteria(one, answered)
            need(sha_hex(write(one["evidence"]).encode("utf-8")) == one["evidenceSha256"], "other evidence")
            for file in (file for some in one["evidence"] for file in some["files"]):
                path = f"evidence/{file['sha256']}"
                if path in self.files:
                    need(len(self.files[path]) == file["size"], "evidence of another size")
                elif path not in omitted:
                    self.missing.append("evidence is missing")
            digest = one["commentsSha256"]
            if digest is not None and f"comments/{digest}.json" not in self.files:
                self.missing.append("comments are missing")

    def check_history(self):
        self.proofs = {}
        for data, (old, new) in self.of_role("consistency"):
            read = members(canonical(data), "oldSize", "oldRoot", "newSize", "proof")
            need(is_count(read["oldSize"]) and is_count(read["newSize"]), "no proof")
            need((read["oldSize"], read["newSize"]) == (int(old), int(new)) and int(new) == self.size, "another proof")
            need(int(old) <= self.size and isinstance(read["proof"], list) and len(read["proof"]) <= 128, "no proof")
            root, proof = b64_hash(read["oldRoot"]), [b64_hash(one) for one in read["proof"]]
            need(is_consistent(int(old), self.size, proof, root, self.root), "a trail that does not go on")
            self.proofs[int(old)] = root
        self.leaves = None
        if "leaves.bin" in self.files:
            data = self.files["leaves.bin"]
            self.leaves = [data[at : at + 32] for at in range(0, len(data), 32)]
            need(len(data) == 32 * self.size and tree_root(self.leaves) == self.root, "other leaves")

    def check_extends(self, older):
        need(self.manifest["checkpoint"]["origin"] == older.manifest["checkpoint"]["origin"], "different trails")
        need(leads_to(older.keys["root"], self.keys["root"], self.hand_overs), "different roots")
        need(self.keys["number"] >= older.keys["number"], "older keys than the older pack")
        need(self.size >= older.size, "the end of the trail was cut off")
        for file in older.manifest["files"]:
            if file["role"] in ("revision", "event") and file["path"] in self.files:
                need(sha_hex(self.files[file["path"]]) == file["sha256"], f"{file['path']} differs from the older pack")
        if self.size == older.size:
            root = self.root
        elif self.leaves is not None:
            root = tree_root(self.leaves[: older.size])
        elif older.size in self.proofs:
            root = self.proofs[older.size]
        else:
            self.missing.append("no proof that the trail goes on")
            return
        need(root == older.root, "history was rewritten")


def open_source(where):
    if isinstance(where, dict):
        return Bytes(where)
    return Folder(where) if os.path.isdir(where) else Archive(where)


def verify(where, root=None, extends=None):
    """Gives the verdict and the first reason: ("valid" | "invalid" | "incomplete", words)."""
    try:
        source = open_source(where)
        older_source = None if extends is None else open_source(extends)
        pack = Pack(source, root)
        if older_source is not None:
            try:
                older = Pack(older_source, None)
                if older.missing != ["no root to compare with"]:
                    pack.missing.append("the older pack is incomplete")
                else:
                    pack.check_extends(older)
            except Incomplete as error:
                pack.missing.append(f"the older pack is incomplete: {error}")
        return ("incomplete", pack.missing[0]) if pack.missing else ("valid", "")
    except Incomplete as error:
        return "incomplete", str(error)
    except Invalid as error:
        return "invalid", str(error)


def main(arguments):
    if arguments == ["--batch"]:
        for line in sys.stdin:
            call = json.loads(line)
            verdict, reason = verify(call["pack"], call.get("root"), call.get("extends"))
            print(json.dumps({"verdict": verdict, "reason": reason}), flush=True)
        return 0
    options = {"--root": None, "--extends": None}
    packs = []
    rest = iter(arguments)
    for one in rest:
        if one in options:
            options[one] = next(rest, None)
        else:
            packs.append(one)
    root = options["--root"]
    if root is not None:
        root = re.sub(r"[\s:-]", "", root).lower()
    if len(packs) != 1 or (root is not None and not is_form(root, SHA)):
        print(__doc__, file=sys.stderr)
        return 64
    verdict, reason = verify(packs[0], root, options["--extends"])
    print(f"{verdict.upper()}{': ' + reason if reason else ''}")
    return {"valid": 0, "invalid": 1, "incomplete": 2}[verdict]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
