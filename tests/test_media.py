"""Pictures: their pixels are published, and nothing else that their files say."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from sitegen.media import PIXELS, Unusable, clean

CANARY = b"Canary-59.91N-10.75E"


def sample(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """A picture whose left half is dark and whose right half is light."""
    picture = Image.new("L", size, 30)
    picture.paste(220, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    """The picture as a file."""
    made = io.BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    """A file as a picture."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def exif(orientation: int = 1) -> bytes:
    """EXIF with a canary, a place and an orientation."""
    made = Image.Exif()
    made[0x010E] = CANARY.decode()
    made[0x0112] = orientation
    made.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 36.0), 29: CANARY.decode()})
    return made.tobytes()


def jpeg() -> bytes:
    """A JPEG with EXIF, XMP, a comment, and something behind its end."""
    return encoded(sample(), "JPEG", exif=exif(), xmp=b"<x>" + CANARY + b"</x>", comment=CANARY) + CANARY


def png() -> bytes:
    """A PNG with EXIF and text, compressed or not."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", CANARY.decode())
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    text.add_text("Location", CANARY.decode() * 9, zip=True)
    return encoded(sample("RGBA"), "PNG", exif=exif(), pnginfo=text) + CANARY


def webp() -> bytes:
    """A WebP with EXIF and XMP."""
    return encoded(sample(), "WEBP", exif=exif(), xmp=CANARY, quality=80)


@pytest.mark.parametrize("made", [jpeg, png, webp])
def test_nothing_but_the_pixels_is_published(made: Callable[[], bytes]) -> None:
    """No metadata of any sort is in the file, and what Pillow finds beside the pixels is of the format alone."""
    before = made()
    assert CANARY in before
    after = clean(before)
    assert CANARY not in after
    assert b"Exif" not in after
    assert not opened(after).getexif()
    told = {key.partition("_")[0] for key in opened(after).info}
    assert told <= {"jfif", "loop", "background", "timestamp", "duration"}
    assert opened(after).format == opened(before).format


@pytest.mark.parametrize("made", [jpeg, png, webp])
def test_the_pixels_stay(made: Callable[[], bytes]) -> None:
    """Dark stays dark and light stays light, in the same size."""
    before, after = opened(made()), opened(clean(made()))
    assert after.size == before.size
    for x in (3, 36):
        assert abs(int(after.convert("L").getpixel((x, 10))) - int(before.convert("L").getpixel((x, 10)))) < 8  # type: ignore[arg-type]


def test_the_same_picture_gives_the_same_bytes() -> None:
    """Nothing of the present or of the machine is in the file, and cleaning a clean PNG changes nothing."""
    assert clean(jpeg()) == clean(jpeg())
    assert clean(clean(png())) == clean(png())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_upright(orientation: int) -> None:
    """The orientation that EXIF told is applied, as without EXIF nobody would know it."""
    upright = opened(clean(encoded(sample(), "JPEG", exif=exif(orientation))))
    turned = orientation >= 5
    assert upright.size == ((20, 40) if turned else (40, 20))
    dark_first = orientation in (1, 4, 5, 6)
    first = upright.convert("L").getpixel((3, 3))
    assert isinstance(first, int)
    assert (first < 128) is dark_first


def test_a_jpeg_keeps_its_tables() -> None:
    """What needs no other change is compressed as it was."""
    before = encoded(sample(), "JPEG", quality=83, subsampling=0, exif=exif())
    assert opened(clean(before)).quantization == opened(before).quantization  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_published(mode: str) -> None:
    """Palettes, grey, transparency and 16 bits come out as something that every browser shows."""
    picture = Image.new("I;16", (4, 4), 40_000) if mode == "I;16" else sample(mode)
    assert opened(clean(encoded(picture, "PNG"))).mode in ("1", "L", "LA", "RGB", "RGBA")


def test_colours_are_converted_to_srgb() -> None:
    """A profile goes, and the colours that it described come along."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    cmyk = encoded(sample("CMYK"), "JPEG", icc_profile=b"damaged " + CANARY)
    assert opened(clean(cmyk)).mode == "RGB"
    assert "icc_profile" not in opened(clean(encoded(sample(), "PNG", icc_profile=lab.tobytes()))).info


def test_transparency_stays() -> None:
    """A transparent colour of a palette is transparent afterwards."""
    palette = Image.new("P", (2, 2), 0)
    palette.putpalette([10, 20, 30, 200, 210, 220])
    assert opened(clean(encoded(palette, "PNG", transparency=0))).getpixel((0, 0)) == (10, 20, 30, 0)


def test_an_animation_gives_its_first_picture() -> None:
    """Only one picture is published."""
    frames = [sample(), sample().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert getattr(opened(clean(moving)), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a PNG"),
        (b"GIF89a" + bytes(100), "not a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG"),
        (jpeg()[:300], "not a PNG|cut off"),
        (encoded(sample(size=(300, 300)), "PNG")[:-40], "cut off"),
    ],
    ids=["empty", "GIF", "SVG", "the head of a JPEG", "most of a PNG"],
)
def test_what_cannot_be_published_is_told(data: bytes, said: str) -> None:
    """A file that is no picture, of another kind or damaged is refused in words."""
    with pytest.raises(Unusable, match=said):
        clean(data)


def test_a_bomb_is_refused_unopened() -> None:
    """A file of a hundred bytes that claims more pixels than the limit is never decoded."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    for side in (int(PIXELS**0.5) + 1, 200_000):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
        with pytest.raises(Unusable, match="million pixels"):
            clean(bomb)
