"""Uses the embedded object store with boto3, as any S3 client would.

OBJECTS_URL names it, OBJECTS_KEY_ID and OBJECTS_SECRET are its key pair.
"""

import io
import os
import sys
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

URL = os.environ["OBJECTS_URL"]
BUCKET = "lyceum-media"
OTHER = "lyceum-photo"


def must(holds, sentence):
    if not holds:
        sys.exit(f"FAILED: {sentence}")


def client(secret=os.environ["OBJECTS_SECRET"]):
    # Who is refused before the body was read finds the connection closed at the next request, and tries again.
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"total_max_attempts": 3})
    return boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=URL,
        aws_access_key_id=os.environ["OBJECTS_KEY_ID"],
        aws_secret_access_key=secret,
        config=config,
    )


def refused(call, *codes):
    try:
        call()
    except ClientError as error:
        code = error.response["Error"]["Code"]
        must(code in codes, f"refused with {code}, not {codes}")
        return
    sys.exit(f"FAILED: not refused with {codes}")


def objects(s3):
    names = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    must({BUCKET, OTHER} <= names, f"the buckets are {names}")
    s3.head_bucket(Bucket=BUCKET)
    # boto3 sends a checksum after the bytes by itself.
    s3.put_object(Bucket=BUCKET, Key="one", Body=b"first", ContentType="text/plain", Metadata={"note": "kept"})
    found = s3.get_object(Bucket=BUCKET, Key="one")
    must(found["Body"].read() == b"first" and found["Metadata"] == {"note": "kept"}, "an object comes back")
    piece = s3.get_object(Bucket=BUCKET, Key="one", Range="bytes=1-2")
    must(piece["Body"].read() == b"ir" and piece["ContentRange"] == "bytes 1-2/5", "a piece of it")
    s3.copy_object(Bucket=OTHER, Key="two", CopySource={"Bucket": BUCKET, "Key": "one"})
    must(s3.head_object(Bucket=OTHER, Key="two")["ContentLength"] == 5, "a copy")
    refused(lambda: s3.put_object(Bucket=BUCKET, Key="one", Body=b"x", IfNoneMatch="*"), "PreconditionFailed")
    listed = [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET, Prefix="on")["Contents"]]
    must(listed == ["one"], f"the list is {listed}")
    s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "one"}]})
    s3.delete_object(Bucket=OTHER, Key="two")
    refused(lambda: s3.get_object(Bucket=BUCKET, Key="one"), "NoSuchKey")


def parts(s3):
    whole = bytes(index * 31 % 251 for index in range(1 << 16)) * 320
    transfer = TransferConfig(multipart_threshold=8 << 20, multipart_chunksize=8 << 20)
    s3.upload_fileobj(io.BytesIO(whole), BUCKET, "large", Config=transfer)
    back = io.BytesIO()
    s3.download_fileobj(BUCKET, "large", back, Config=transfer)
    must(back.getvalue() == whole, "20 MB in parts come back")
    s3.delete_object(Bucket=BUCKET, Key="large")


def guarded(s3):
    denied = ("AccessDenied",)
    refused(lambda: s3.create_bucket(Bucket="another"), *denied)
    refused(lambda: s3.delete_bucket(Bucket=BUCKET), *denied)
    for key in ["../lyceum-photo/x", "a/b", ".hidden", "x" * 121, "a\\b"]:
        # Without a body: what is refused before it was read breaks the connection, and what boto3 makes of that differs.
        refused(lambda key=key: s3.get_object(Bucket=BUCKET, Key=key), *denied)
    copy = {"Bucket": BUCKET, "Key": "../objects-key"}
    refused(lambda: s3.copy_object(Bucket=BUCKET, Key="x", CopySource=copy), *denied, "InvalidArgument")
    refused(lambda: client("wrong").list_buckets(), "SignatureDoesNotMatch")
    try:
        urllib.request.urlopen(f"{URL}/{BUCKET}/one")
        sys.exit("FAILED: nobody in particular may read")
    except urllib.error.HTTPError as error:
        must(error.code == 403, f"nobody in particular gets {error.code}")


if __name__ == "__main__":
    s3 = client()
    objects(s3)
    parts(s3)
    guarded(s3)
