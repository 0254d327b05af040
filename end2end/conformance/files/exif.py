"""What pictures tell: everything to their owner, nothing but their turn to whoever gets them in a message.

Sends pictures in all eight orientations, and compares with ExifTool. LYCEUM_URL names the server, the arguments are the
bearer tokens of two registered people.
"""

import json
import subprocess
import sys
import tempfile
import time

from uploads import BASE, call, complete, fetch, must, put, send, start

WIDTH, HEIGHT = 48, 32
LATITUDE, LONGITUDE = 52.2297, 21.0122
TOLD = [
    f"-GPSLatitude={LATITUDE}",
    "-GPSLatitudeRef=N",
    f"-GPSLongitude={LONGITUDE}",
    "-GPSLongitudeRef=E",
    "-Make=Lyceum",
    "-Model=Camera obscura",
    "-DateTimeOriginal=2026:07:01 09:30:00",
    "-XMP-dc:Description=At home",
    "-IPTC:City=Warszawa",
    "-Comment=Third floor",
]
#: What says how a picture is to be shown, and what ExifTool itself makes of a file.
SHOWN = {"SourceFile", "ExifTool", "System", "File", "JFIF", "Composite"}


def segment(marker, data):
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data


def jpeg():
    """A grey JPEG of the fewest bytes: every block is coded as two zero bits."""
    blocks = WIDTH // 8 * HEIGHT // 8
    bits = ("00" * blocks).ljust((2 * blocks + 7) // 8 * 8, "1")
    one_code = bytes([1] + [0] * 15 + [0])
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xDB, bytes([0]) + bytes([1] * 64)),
            segment(0xC0, b"\x08" + HEIGHT.to_bytes(2, "big") + WIDTH.to_bytes(2, "big") + b"\x01\x01\x11\x00"),
            segment(0xC4, b"\x00" + one_code),
            segment(0xC4, b"\x10" + one_code),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            int(bits, 2).to_bytes(len(bits) // 8, "big"),
            b"\xff\xd9",
        ]
    )


def exiftool(content, *arguments):
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(content)
        file.flush()
        answer = subprocess.run(["exiftool", *arguments, file.name], check=True, capture_output=True)
        with open(file.name, "rb") as written:
            return answer.stdout, written.read()


def fields(content):
    return json.loads(exiftool(content, "-json", "-G1", "-n", "-a")[0])[0]


def told(orientation):
    return exiftool(jpeg(), "-q", "-n", "-overwrite_original_in_place", f"-Orientation={orientation}", *TOLD)[1]


def uploaded(purpose, content, name):
    upload = start(content, purpose=purpose, filename=name, content_type="image/jpeg")
    must(put(upload, content)[0] == 200, f"the store takes {name}")
    status, _, done = complete(upload)
    must(status == 200, f"complete answers {status}: {done}")
    return upload["upload_id"]


def upright(orientation):
    return (HEIGHT, WIDTH) if orientation >= 5 else (WIDTH, HEIGHT)


def told_nothing(content, orientation, what):
    found = fields(content)
    must(found.get("IFD0:Orientation", 1) == orientation, f"{what} is turned as it was: {found}")
    private = [
        name for name in found if name.split(":")[0] not in SHOWN and name != "IFD0:Orientation" or "Comment" in name
    ]
    must(private == [], f"{what} tells {private}")


def in_a_message(conversation, orientation):
    upload = uploaded("media", told(orientation), f"home {orientation}.jpg")
    status, _, message = call("POST", "/api/messages", {"conversation_id": conversation, "upload_id": upload})
    must(status == 201, f"a message answers {status}: {message}")
    attachment = message["attachment"]
    size = (attachment["width"], attachment["height"])
    must(size == upright(orientation), f"orientation {orientation} is shown as {size}")
    status, _, content = fetch(attachment)
    must(status == 200, f"the picture answers {status}")
    told_nothing(content, orientation, f"a message's picture of orientation {orientation}")


def in_an_album(album, orientation):
    original = told(orientation)
    body = {"upload_id": uploaded("photo", original, f"home {orientation}.jpg")}
    status, _, photo = call("POST", f"/api/albums/{album}/photos", body)
    must(status == 201, f"a photo answers {status}: {photo}")
    must((photo["width"], photo["height"]) == upright(orientation), f"orientation {orientation} of a photo: {photo}")
    must(fetch(photo)[2] == original, "the original is kept byte for byte")
    found, exif = fields(original), photo["exif"]
    must(found["IFD0:Orientation"] == orientation, f"ExifTool reads {found}")
    for own, theirs in [("latitude", "GPS:GPSLatitude"), ("longitude", "GPS:GPSLongitude")]:
        must(abs(exif[own] - found[theirs]) < 1e-6, f"{own} is {exif[own]}, and {found[theirs]} for ExifTool")
    for own, theirs in [("make", "IFD0:Make"), ("model", "IFD0:Model")]:
        must(exif[own] == found[theirs], f"{own} is {exif[own]}, and {found[theirs]} for ExifTool")
    must(exif["taken_at"] == "2026-07-01T09:30:00", f"taken at {exif['taken_at']}")
    return photo["id"]


def prepared(photo):
    deadline = time.monotonic() + 120
    while True:
        status, _, found = call("GET", f"/api/photos/{photo}")
        must(status == 200, f"a photo answers {status}")
        if found["preview"] == "ready":
            return found
        must(time.monotonic() < deadline, f"thumbnails are not made: {found['preview']}")
        time.sleep(0.1)


def thumbnails(photo, orientation):
    found = prepared(photo)
    must(found["thumbnails"] != [], "there are thumbnails")
    for thumbnail in found["thumbnails"]:
        size = (thumbnail["width"], thumbnail["height"])
        must(size == upright(orientation), f"a thumbnail of orientation {orientation} is {size}")
        status, _, content = fetch(thumbnail)
        must(status == 200, f"a thumbnail answers {status}")
        told_nothing(content, 1, f"a thumbnail of orientation {orientation}")


def sub_of(token):
    _, _, me = send("GET", f"{BASE}/api/me", headers={"authorization": f"Bearer {token}"})
    return json.loads(me)["sub"]


if __name__ == "__main__":
    others = {"participant_subs": [sub_of(sys.argv[2])]}
    status, _, conversation = call("POST", "/api/conversations", others)
    must(status in (200, 201), f"a conversation answers {status}: {conversation}")
    status, _, album = call("POST", "/api/albums", {"title": "Eight ways"})
    must(status == 201, f"an album answers {status}: {album}")
    photos = {}
    for orientation in range(1, 9):
        in_a_message(conversation["id"], orientation)
        photos[orientation] = in_an_album(album["id"], orientation)
    for orientation, photo in photos.items():
        thumbnails(photo, orientation)
