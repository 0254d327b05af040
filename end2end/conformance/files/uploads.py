"""Sends files through the REST calls and the object store behind them, whichever it is.

LYCEUM_URL names the server, the argument is the bearer token of a registered person. OBJECTS_URL, OBJECTS_KEY_ID and
OBJECTS_SECRET lead to the object store itself, OBJECTS_BUCKETS are its buckets.
"""

import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

BASE = os.environ["LYCEUM_URL"]
TOKEN = sys.argv[1]
PART = 8 << 20


class Kept(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(Kept)


def must(holds, sentence):
    if not holds:
        sys.exit(f"FAILED: {sentence}")


def send(method, url, body=None, headers=None):
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with opener.open(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def call(method, path, body=None):
    headers = {"authorization": f"Bearer {TOKEN}"}
    data = None
    if body is not None:
        headers["content-type"] = "application/json"
        data = json.dumps(body).encode()
    status, headers, text = send(method, f"{BASE}{path}", data, headers)
    is_json = "json" in headers.get("content-type", "")
    return status, headers, json.loads(text) if is_json else text


def start(content, **changes):
    new = {"purpose": "media", "filename": "żółw.bin", "content_type": "application/octet-stream", "size": len(content)}
    status, _, upload = call("POST", "/api/uploads", {**new, **changes})
    must(status == 201, f"start answers {status}: {upload}")
    return upload


def put(signed, content):
    headers = {name: value for name, value in signed["headers"].items() if name != "content-length"}
    # urllib would call it a form.
    return send("PUT", signed["url"], content, {"content-type": "application/octet-stream", **headers})


def complete(upload, body=None):
    return call("POST", f"/api/uploads/{upload['upload_id']}/complete", body)


def fetch(file, headers=None):
    status, answer, _ = call("GET", file["url"])
    must(status == 302 and answer["cache-control"].startswith("private"), f"media answers {status}")
    return send("GET", answer["location"], headers=headers)


def small():
    content = "Zażółć gęślą jaźń".encode()
    upload = start(content, sha256=hashlib.sha256(content).hexdigest())
    status, _, body = complete(upload)
    must(status == 409, f"complete before the bytes answers {status}: {body}")
    status, _, body = put(upload, content)
    must(status == 200, f"the store answers {status}: {body}")
    status, _, body = put(upload, content)
    must(status == 412, f"written twice: {status}")
    status, _, done = complete(upload)
    must(status == 200 and done["status"] == "complete", f"complete answers {status}: {done}")
    must(complete(upload)[2] == done, "again the same answer")
    status, headers, body = fetch(done["file"])
    must(status == 200 and body == content, f"the file comes back: {status}")
    must(headers["content-disposition"].startswith("attachment; filename="), headers["content-disposition"])
    must(headers["content-type"] == "text/plain", headers["content-type"])
    status, _, body = fetch(done["file"], {"range": "bytes=0-1"})
    must(status == 206 and body == content[:2], f"a piece of it: {status}")


def in_parts(with_checksums):
    content = b"".join(hashlib.sha256(str(index).encode()).digest() for index in range(20 * 32768))
    pieces = [content[at : at + PART] for at in range(0, len(content), PART)]
    upload = start(content, sha256=hashlib.sha256(content).hexdigest())
    must([part["size"] for part in upload["parts"]] == [len(piece) for piece in pieces], "the parts' sizes")
    signed = upload["parts"]
    if with_checksums:
        sums = [
            {"part_number": at + 1, "sha256": hashlib.sha256(piece).hexdigest()} for at, piece in enumerate(pieces)
        ]
        status, _, answer = call("POST", f"/api/uploads/{upload['upload_id']}/parts", {"parts": sums})
        must(status == 200, f"parts answers {status}: {answer}")
        signed = answer["parts"]
    tags = {}
    for at in (2, 0):
        status, headers, body = put(signed[at], pieces[at])
        must(status == 200, f"part {at + 1}: {status} {body}")
        tags[at + 1] = headers["etag"]
    status, _, body = complete(upload)
    must(status == 409 and "2" in body["detail"], f"a part is missing: {status} {body}")
    status, _, cut = call("GET", f"/api/uploads/{upload['upload_id']}")
    must([part["part_number"] for part in cut["received"]] == [1, 3], f"what has arrived: {cut['received']}")
    must([part["part_number"] for part in cut["parts"]] == [2], "what is missing")
    status, headers, body = put(cut["parts"][0], pieces[1])
    must(status == 200, f"the missing part: {status} {body}")
    tags[2] = headers["etag"]
    wrong = complete(upload, {"parts": [{"part_number": 1, "etag": tags[2]}]})
    must(wrong[0] == 409, f"another part's tag: {wrong}")
    told = [{"part_number": number, "etag": tags[number]} for number in (1, 2, 3)]
    status, _, done = complete(upload, {"parts": told})
    must(status == 200 and done["file"]["size"] == len(content), f"complete answers {status}: {done}")
    status, _, body = fetch(done["file"])
    must(status == 200 and body == content, "20 MiB in parts come back")


def refused():
    page = b"<!doctype html><script>alert(1)</script>"
    upload = start(page, purpose="photo", content_type="image/png", filename="p.png")
    must(put(upload, page)[0] == 200, "the store takes it")
    status, _, body = complete(upload)
    must(status == 422 and body["errors"][0]["loc"] == ["body", "content_type"], f"no picture: {status} {body}")
    must(complete(upload)[2]["detail"] == body["detail"], "again the same refusal")
    upload = start(page)
    must(put(upload, page)[0] == 200, "the store takes it")
    for _ in range(2):
        status = call("DELETE", f"/api/uploads/{upload['upload_id']}")[0]
        must(status == 204, f"thrown away: {status}")
    must(complete(upload)[0] == 404, "gone")


def store():
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    return boto3.client(
        "s3",
        region_name=os.environ.get("AWS_REGION", "us-east-1"),
        endpoint_url=os.environ["OBJECTS_URL"],
        aws_access_key_id=os.environ["OBJECTS_KEY_ID"],
        aws_secret_access_key=os.environ["OBJECTS_SECRET"],
        config=config,
    )


def kept(s3):
    lists = [s3.list_objects_v2(Bucket=bucket) for bucket in os.environ["OBJECTS_BUCKETS"].split()]
    return {one["Key"] for answer in lists for one in answer.get("Contents", [])}


def has_parts(s3, signed):
    address = urllib.parse.urlsplit(signed["url"])
    _, bucket, key = address.path.split("/")
    try:
        upload_id = urllib.parse.parse_qs(address.query)["uploadId"][0]
        parts = s3.list_parts(Bucket=bucket, Key=key, UploadId=upload_id).get("Parts", [])
    except ClientError as error:
        must(error.response["Error"]["Code"] == "NoSuchUpload", f"the store answers {error}")
        return False
    # Some stores know nothing of an upload that is gone, others know that it has no parts.
    return parts != []


def soon(holds, sentence):
    deadline = time.monotonic() + 120
    while not holds():
        must(time.monotonic() < deadline, sentence)
        time.sleep(0.1)


def other_bytes():
    """Some stores refuse them, others take what they are given: neither way they become a file."""
    content, wrong = b"The bytes that were announced", b"Others, of just the same size"
    digest = hashlib.sha256(content).hexdigest()
    unsigned = {"x-amz-checksum-sha256", "content-length"}
    for sent in (wrong, content[:-1], content + b"!"):
        upload = start(content, sha256=digest)
        bare = {name: value for name, value in upload["headers"].items() if name.lower() not in unsigned}
        stored = put({**upload, "headers": bare}, sent)[0] == 200
        status, _, body = complete(upload)
        must(status == (422 if stored else 409), f"other bytes: {status} {body}")
        must(call("GET", f"/api/uploads/{upload['upload_id']}")[2].get("file") is None, "there is no file")


def other_parts():
    content = bytes(20 << 20)
    upload = start(content)
    pieces = [content[at : at + PART] for at in range(0, len(content), PART)]
    for at in (0, 2):
        must(put(upload["parts"][at], pieces[at])[0] == 200, f"part {at + 1} is right")
    try:
        put(upload["parts"][1], pieces[1][:-1])
    except urllib.error.URLError:
        # Who is refused before the body was read may find the connection closed.
        pass
    status, _, body = complete(upload)
    must(status in (409, 422), f"a part that is too short: {status} {body}")
    must(call("GET", f"/api/uploads/{upload['upload_id']}")[2].get("file") is None, "there is no file")


def cleaned_up():
    s3 = store()
    before = kept(s3)
    content = os.urandom(1000)
    upload = start(content)
    must(put(upload, content)[0] == 200, "the store takes it")
    must(len(kept(s3) - before) == 1, "it is in the store")
    must(call("DELETE", f"/api/uploads/{upload['upload_id']}")[0] == 204, "thrown away")
    soon(lambda: kept(s3) <= before, "what was thrown away leaves the store")
    upload = start(bytes(20 << 20))
    must(put(upload["parts"][0], bytes(PART))[0] == 200, "the store takes a part")
    must(has_parts(s3, upload["parts"][0]), "the store has it")
    must(call("DELETE", f"/api/uploads/{upload['upload_id']}")[0] == 204, "thrown away")
    soon(lambda: not has_parts(s3, upload["parts"][0]), "its parts leave the store")
    must(kept(s3) <= before, "nothing was put together")
    page = b"<!doctype html><script>alert(1)</script>"
    upload = start(page, purpose="photo", content_type="image/png", filename="p.png")
    must(put(upload, page)[0] == 200 and complete(upload)[0] == 422, "no picture")
    soon(lambda: kept(s3) <= before, "what was refused leaves the store")


if __name__ == "__main__":
    small()
    in_parts(with_checksums=False)
    in_parts(with_checksums=True)
    refused()
    other_bytes()
    other_parts()
    cleaned_up()
