"""Pictures without their metadata, in several sizes: a photo tells where and when it was taken, and with what."""

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile

PIXELS = 40_000_000
"""The largest picture: decoded it takes up to four bytes for each, and as many again while it is turned."""
SCANS = 50
"""Passes over a progressive JPEG: ten are usual; a small file can have thousands, each as slow as a whole picture."""
QUALITY = 90
"""Of a JPEG or WebP that cannot keep the tables with which it was compressed."""
SMALLER = 80
"""The quality of a smaller one: what is lost is not seen at the density at which it is shown."""
HEAD = 0.25
"""Where in the height of a portrait the square for lists is cut out: a quarter of what is too much goes above it."""


class Unusable(ValueError):  # noqa: N818 - the file is unusable; that is no error of the program
    """The file is no picture that can be published; the message says why to whoever put it there."""


def clean(data: bytes) -> bytes:
    """The picture in its own format, upright and in sRGB, and nothing that is not its pixels.

    EXIF, XMP, IPTC, comments, text, thumbnails, profiles, further frames and what stands behind the end are left out by
    construction: the pixels are decoded and encoded anew. A JPEG keeps its tables, so that hardly anything is lost; a
    palette and 16 bits of grey stay. The same bytes give the same bytes. Raises `Unusable`.
    """
    with _opened(data) as picture:
        picture.load()
        bare = _in_srgb(_upright(picture, data))
        transparent = bare.info.get("transparency")  # the colour that is: part of the pixels
        bare.info = {} if transparent is None else {"transparency": transparent}
        made = io.BytesIO()
        bare.save(made, _format(picture), **_settings(picture, bare, data))
    return made.getvalue()


def size(data: bytes) -> tuple[int, int]:
    """Width and height of the picture as it is seen, in pixels; 0 and 0 where its file does not tell."""
    try:
        with _opened(data) as picture:
            return _seen(picture, _orientation(picture, data))
    except Unusable:  # told where it is published
        return 0, 0


def scaled(data: bytes, width: int, *, square: bool = False) -> bytes:
    """The picture as a WebP of that width, upright and in sRGB, and nothing that is not its pixels.

    ``square`` cuts out where a face is looked for: in the middle of the width, in the upper part of the height. The
    same bytes give the same bytes. Raises `Unusable`.
    """
    from PIL.Image import Resampling  # noqa: PLC0415 - not needed when nothing changed

    with _opened(data) as picture:
        wide, high = _seen(picture, _orientation(picture, data))
        target = (width, width if square else max(1, round(high * width / wide)))
        # A large JPEG is decoded at half, a quarter or an eighth of its size, never below twice what is wanted.
        wanted = 2 * width / (min(wide, high) if square else wide)
        picture.draft(None, (max(1, int(picture.width * wanted)), max(1, int(picture.height * wanted))))
        picture.load()
        plain = _plain(_in_srgb(_upright(picture, data)))
        wide, high = plain.size
        side = min(wide, high)
        left, top = (wide - side) // 2, int((high - side) * HEAD)
        box = (left, top, left + side, top + side) if square else None
        small = plain.resize(target, Resampling.LANCZOS, box=box, reducing_gap=3)
        small.info = {}
        # A drawing in its own size stays exact where that is smaller; scaled it has soft edges, and never is.
        is_drawn = target == plain.size and (picture.format == "PNG" or b"VP8L" in data)
        drawn = _encoded(small, lossless=True) if is_drawn else b""
    painted = _encoded(small, quality=SMALLER)
    return drawn if drawn and len(drawn) <= len(painted) else painted


def cut(data: bytes, size: tuple[int, int]) -> "Image":
    """The pixels of a picture that fill a size: cut where a face is not looked for, on white. Raises `Unusable`."""
    from PIL import Image  # noqa: PLC0415 - not needed when nothing changed

    with _opened(data) as picture:
        picture.load()
        plain = _plain(_in_srgb(_upright(picture, data))).convert("RGBA")
    scale = min(plain.width / size[0], plain.height / size[1])
    wide, high = size[0] * scale, size[1] * scale
    left, top = (plain.width - wide) / 2, (plain.height - high) * HEAD
    made = Image.new("RGBA", size, "white")
    box = (left, top, left + wide, top + high)
    made.alpha_composite(plain.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3))
    return made.convert("RGB")


def within(data: bytes, size: tuple[int, int]) -> "Image":
    """The pixels of a picture, with their transparency, as large as they can be within a size. Raises `Unusable`."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - not needed when nothing changed

    with _opened(data) as picture:
        picture.load()
        plain = _plain(_in_srgb(_upright(picture, data))).convert("RGBA")
    return ImageOps.contain(plain, size, Image.Resampling.LANCZOS)


def icon(data: bytes, side: int) -> bytes:
    """The picture as a square PNG, whole in the middle of what is transparent. Raises `Unusable`."""
    from PIL import Image  # noqa: PLC0415 - not needed when nothing changed

    small = within(data, (side, side))
    square = Image.new("RGBA", (side, side))
    square.paste(small, ((side - small.width) // 2, (side - small.height) // 2))
    made = io.BytesIO()
    square.quantize(256, Image.Quantize.FASTOCTREE).save(made, "PNG", optimize=True)
    return made.getvalue()


def _encoded(picture: "Image", **settings: Any) -> bytes:
    made = io.BytesIO()
    picture.save(made, "WEBP", method=4, **settings)
    return made.getvalue()


def _plain(picture: "Image") -> "Image":
    """The picture with eight bits of red, green and blue, and of transparency where it has any."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator["Image"]:
    """The picture, not yet decoded. Whatever goes wrong with it makes it unusable."""
    from PIL import Image  # noqa: PLC0415 - not needed when nothing changed

    if not (data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP")):
        message = "this is not a PNG, JPEG or WebP picture"
        raise Unusable(message)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damaged metadata and of sizes that are refused here
        try:
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
                _refuse_the_costly(picture, data)
                yield picture
        except Unusable:
            raise
        except Image.DecompressionBombError as error:
            raise Unusable(_TOO_LARGE) from error
        except Exception as error:  # Pillow's readers raise whatever their parsing happens to raise
            message = "the picture is cut off or damaged"
            raise Unusable(message) from error


_TOO_LARGE = f"the picture has more than {PIXELS // 1_000_000} million pixels"


def _refuse_the_costly(picture: "Image", data: bytes) -> None:
    if picture.width * picture.height > PIXELS:
        raise Unusable(_TOO_LARGE)
    if "progressive" in picture.info and data.count(b"\xff\xda") > SCANS:
        message = "the picture has too many passes; save it as a JPEG that is not progressive"
        raise Unusable(message)


def _format(picture: "Image") -> str:
    """MPO is a JPEG with further ones behind it."""
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def _orientation(picture: "Image", data: bytes) -> int:
    """How EXIF says that the picture lies, 1 to 8; upright, 1, where it does not say. In a PNG, only eXIf counts."""
    if picture.format == "PNG" and b"eXIf" not in data:
        return 1
    with contextlib.suppress(Exception):  # damaged EXIF says nothing, and the picture is none the worse for it
        return int(picture.getexif().get(0x0112, 1))
    return 1


def _seen(picture: "Image", orientation: int) -> tuple[int, int]:
    """Width and height of the picture when it is upright."""
    return (picture.height, picture.width) if orientation >= LYING else picture.size


LYING = 5
"""From this orientation on, what is stored as the width is the height."""


def _upright(picture: "Image", data: bytes) -> "Image":
    from PIL.Image import Transpose  # noqa: PLC0415 - not needed when nothing changed

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(_orientation(picture, data))
    return picture.copy() if turn is None else picture.transpose(turn)


def _in_srgb(picture: "Image") -> "Image":
    """The picture in the colours that a browser takes for granted."""
    from PIL import ImageCms  # noqa: PLC0415 - not needed when nothing changed

    profile = _profile(picture)
    if profile is not None and not picture.mode.startswith("I"):
        grey = picture.mode in ("1", "L", "LA")
        mode = picture.mode if picture.mode == "CMYK" else "L" if grey else "RGB"
        alpha = picture.convert("RGBA").getchannel("A") if picture.has_transparency_data else None
        with contextlib.suppress(ImageCms.PyCMSError):  # a profile of other colours than the picture's says nothing
            srgb = ImageCms.createProfile("sRGB")
            colours = ImageCms.profileToProfile(picture.convert(mode), profile, srgb, outputMode="RGB")
            assert colours is not None  # noqa: S101 - for the type; it is None only where the change is in place
            colours = colours.convert("L") if grey else colours
            if alpha is not None:
                colours.putalpha(alpha)
            colours.info = {}
            return colours
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _profile(picture: "Image") -> "ImageCmsProfile | None":
    """What the colours of the picture mean, where that is something else than sRGB."""
    from PIL import ImageCms  # noqa: PLC0415 - not needed when nothing changed

    with contextlib.suppress(KeyError, TypeError, OSError, ImageCms.PyCMSError):  # none, or a damaged one
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        return None if "sRGB" in ImageCms.getProfileDescription(profile) else profile
    return None


def _settings(picture: "Image", bare: "Image", data: bytes) -> dict[str, Any]:
    """How a picture is encoded anew: as it was, as far as that is known."""
    from PIL import JpegImagePlugin  # noqa: PLC0415 - not needed when nothing changed

    if picture.format == "PNG":
        return {"optimize": True}
    if picture.format == "WEBP":
        return {"lossless": True} if b"VP8L" in data else {"quality": QUALITY}
    if not isinstance(picture, JpegImagePlugin.JpegImageFile) or bare.mode != picture.mode:
        return {"quality": QUALITY}
    tables = [table for _, table in sorted(picture.quantization.items())]
    return {"qtables": tables, "subsampling": JpegImagePlugin.get_sampling(picture)}
