"""Child program: decodes an image from standard input and writes a new one with pixels only.

Runs alone, under the limits of `child.py`, and imports nothing of ours:
`python redraw_image.py photo`, `scan` or `picture 960` (pixels of its width). A decoder may raise anything at
bytes made to break it; what is not caught here ends the program with a code that `child.py`
takes for an unreadable file.
"""

import io
import json
import struct
import sys
import warnings
from collections.abc import Callable
from typing import Any

from PIL import (
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

MAX_PIXELS = 40_000_000
MIN_SIDE = 200
PORTRAIT = 480
LONGEST_SCAN = 3_000
MAX_PROFILE = 1_000_000
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A phone's JPEG may carry a second picture (depth, gain map) and is then called MPO.
FORMATS = {
    "JPEG": JpegImagePlugin,
    "MPO": JpegImagePlugin,
    "PNG": PngImagePlugin,
    "WEBP": WebPImagePlugin,
}


class RefusedError(Exception):
    """The reason as a code that `checks.py` turns into a sentence."""


def opened(data: bytes) -> Image.Image:
    """The image with its header read and nothing decoded yet, within the pixel limits."""
    # Pillow refuses above twice this number, for WebP before it sets memory aside.
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
    try:
        image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError as error:
        raise RefusedError("too_many_pixels") from error
    if image.format not in FORMATS:
        raise RefusedError("unreadable")
    if image.width * image.height > MAX_PIXELS:
        raise RefusedError("too_many_pixels")
    if min(image.size) < MIN_SIDE:
        raise RefusedError("too_few_pixels")
    if image.format in {"PNG", "WEBP"} and getattr(image, "n_frames", 1) > 1:
        raise RefusedError("animated")
    return image


def orientation(image: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except (OSError, ValueError, SyntaxError, LookupError, TypeError, struct.error):
        # Broken EXIF is no reason to lose the picture: it is dropped anyway.
        return None


def plain(image: Image.Image) -> Image.Image:
    """Eight bits a channel and no palette, so that pixels can be averaged."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 257).convert("L")
    if image.mode in {"P", "PA", "LA"} or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in {"L", "RGB", "RGBA", "CMYK"} else image.convert("RGB")


def on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as a browser will take them, since the profile itself is dropped."""
    wanted = "L" if image.mode == "L" else "RGB"
    if profile and len(profile) <= MAX_PROFILE and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None  # a broken or foreign profile: the plain conversion below
        image = converted or image
    return image if image.mode == wanted else image.convert(wanted)


def redraw(
    data: bytes,
    excess: Callable[[tuple[int, int]], float],
    shape: Callable[[Image.Image], Image.Image],
) -> Image.Image:
    """`excess` says how many times larger than needed a size is, `shape` makes the final one."""
    image = opened(data)
    turn, profile = orientation(image), image.info.get("icc_profile")
    # A JPEG can be decoded at 1/2, 1/4 or 1/8, anything else is averaged down as soon as it is
    # read: forty megapixels with transparency would otherwise be copied several times in full.
    factor = max(1.0, excess(image.size))
    image.draft(None, (int(image.width / factor), int(image.height / factor)))
    image = plain(image)
    if (factor := excess(image.size)) >= 2:
        image = image.reduce(int(factor))
    image = on_white(image)
    if turn is not None:
        image = image.transpose(turn)
    image = in_srgb(shape(image), profile)
    image.info = {}
    return image


def as_portrait(image: Image.Image) -> Image.Image:
    # Centred, but a third from the top: on a passport photo the middle would cut off the hair.
    return ImageOps.fit(
        image, (PORTRAIT, PORTRAIT), Image.Resampling.LANCZOS, centering=(0.5, 0.33)
    )


def as_scan(image: Image.Image) -> Image.Image:
    image.thumbnail((LONGEST_SCAN, LONGEST_SCAN), Image.Resampling.LANCZOS)
    return image


def photo(data: bytes) -> tuple[dict[str, Any], bytes]:
    image = redraw(data, lambda size: min(size) / (2 * PORTRAIT), as_portrait).convert("RGB")
    output = io.BytesIO()
    image.save(output, "WEBP", quality=82, method=4)
    return {"extension": "webp"}, output.getvalue()


def scan(data: bytes) -> tuple[dict[str, Any], bytes]:
    image = redraw(data, lambda size: max(size) / LONGEST_SCAN, as_scan)
    output = io.BytesIO()
    image.save(output, "JPEG", quality=88, optimize=True, subsampling=0)
    return {"extension": "jpg"}, output.getvalue()


def picture(data: bytes) -> tuple[dict[str, Any], bytes]:
    """No wider than asked for, and no higher than three times that."""
    width = int(sys.argv[2])

    def narrowed(image: Image.Image) -> Image.Image:
        image.thumbnail((width, 3 * width), Image.Resampling.LANCZOS)
        return image

    image = redraw(data, lambda size: min(size) / width, narrowed).convert("RGB")
    output = io.BytesIO()
    image.save(output, "WEBP", quality=76, method=4)
    verdict = {"extension": "webp", "width": image.width, "height": image.height}
    return verdict, output.getvalue()


def main() -> None:
    warnings.simplefilter("ignore")
    content = b""
    verdict: dict[str, Any]
    try:
        made = {"photo": photo, "scan": scan, "picture": picture}[sys.argv[1]]
        verdict, content = made(sys.stdin.buffer.read())
    except RefusedError as refused:
        verdict = {"refused": str(refused)}
    except MemoryError:
        verdict = {"refused": "too_complex"}
    sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
