"""Pictures without their metadata: a photo tells where and when it was taken, and with what."""

import io
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 40_000_000
"""The largest picture: decoded it takes up to four bytes for each."""
QUALITY = 90
"""Of a JPEG or WebP that cannot keep the tables with which it was compressed."""


class Unusable(ValueError):  # noqa: N818 - the file is unusable; that is no error of the program
    """The file is no picture that can be published; the message says why to whoever put it there."""


def clean(data: bytes) -> bytes:
    """The picture in its own format, upright and in sRGB, and nothing that is not its pixels.

    EXIF, XMP, IPTC, comments, text, thumbnails, profiles, further frames and what stands behind the end are left out by
    construction: the pixels are decoded and encoded anew. A JPEG keeps its tables, so that hardly anything is lost. The
    same bytes give the same bytes. Raises `Unusable`.
    """
    from PIL import ImageOps  # noqa: PLC0415 - not needed when nothing changed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of damaged metadata and of sizes that are refused here
        picture = _opened(data)
        try:
            picture.load()
            bare = _in_srgb(ImageOps.exif_transpose(picture))
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            message = "the picture is cut off or damaged"
            raise Unusable(message) from error
        bare.info = {}  # what an encoder would write beside the pixels
        made = io.BytesIO()
        bare.save(made, picture.format, **_settings(picture, bare, data))
    return made.getvalue()


def _opened(data: bytes) -> "Image":
    """The picture, not yet decoded."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - not needed when nothing changed

    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        message = "this is not a PNG, JPEG or WebP picture"
        raise Unusable(message) from error
    except Image.DecompressionBombError as error:
        raise Unusable(_TOO_LARGE) from error
    if picture.width * picture.height > PIXELS:
        raise Unusable(_TOO_LARGE)
    return picture


_TOO_LARGE = f"the picture has more than {PIXELS // 1_000_000} million pixels"


def _in_srgb(picture: "Image") -> "Image":
    """A copy in a mode that every browser shows: grey or RGB in eight bits, with or without transparency, in sRGB."""
    from PIL import ImageCms  # noqa: PLC0415 - not needed when nothing changed

    profile = picture.info.get("icc_profile")
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode.startswith("I"):  # 16 bits
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            if picture.mode in ("RGB", "RGBA", "CMYK", "L") and "sRGB" not in ImageCms.getProfileDescription(source):
                done = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
                picture = done or picture
        except (ImageCms.PyCMSError, OSError):
            pass  # a damaged profile says nothing of the colours
    if "transparency" in picture.info and picture.mode in ("RGB", "L"):  # one colour that is transparent
        return picture.convert("RGBA")
    return picture.copy() if picture.mode in ("L", "LA", "RGB", "RGBA") else picture.convert("RGB")


def _settings(picture: "Image", bare: "Image", data: bytes) -> dict[str, Any]:
    """How a picture is encoded anew: as it was, as far as that is known."""
    from PIL import JpegImagePlugin  # noqa: PLC0415 - not needed when nothing changed

    if picture.format == "PNG":
        return {"optimize": True}
    if picture.format == "WEBP":
        return {"lossless": True} if b"VP8L" in data[:64] else {"quality": QUALITY}
    if picture.mode != bare.mode:
        return {"quality": QUALITY}
    sampling = JpegImagePlugin.get_sampling(picture)
    return {"qtables": picture.quantization, "subsampling": sampling if picture.mode == "RGB" else -1}  # type: ignore[attr-defined]
