"""Pictures: their pixels are published, and nothing else that their files say."""

import contextlib
import io
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from sitegen.media import PIXELS, SCANS, Unusable, clean, scaled, size

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
    told = {str(key).partition("_")[0] for key in opened(after).info}
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


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_upright(orientation: int, form: str) -> None:
    """The orientation that EXIF told is applied, as without EXIF nobody would know it."""
    lying = encoded(sample(), form, exif=exif(orientation))
    upright = opened(clean(lying))
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
def test_every_mode_of_png_stays(mode: str) -> None:
    """Palettes, grey, transparency and 16 bits come out pixel for pixel, and as small as they were."""
    picture = Image.new("I;16", (4, 4), 40_000) if mode == "I;16" else sample(mode)
    after = opened(clean(encoded(picture, "PNG")))
    assert after.mode == mode
    assert after.tobytes() == picture.tobytes()


def test_damaged_exif_is_no_damage() -> None:
    """A picture whose EXIF cannot be read is published all the same, as it lies."""
    for form in ("JPEG", "PNG", "WEBP"):
        for damaged in (b"Exif\0\0" + CANARY, b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01\x03\0\xff\xff\xff\xff"):
            assert opened(clean(encoded(sample(), form, exif=damaged))).size == (40, 20)


def test_a_second_picture_goes() -> None:
    """Cameras hide further pictures behind a JPEG; the first one is published."""
    made = io.BytesIO()
    sample().save(made, "MPO", save_all=True, append_images=[sample().rotate(180)])
    after = clean(made.getvalue())
    assert opened(after).format == "JPEG"
    assert b"MPF" not in after


def test_lossless_stays_lossless() -> None:
    """A drawing in WebP does not get the blur of a photo, even behind a long profile."""
    noise = Image.effect_noise((40, 20), 80).convert("RGB")
    drawn = encoded(noise, "WEBP", lossless=True, icc_profile=bytes(5000))
    assert opened(clean(drawn)).tobytes() == noise.tobytes()


def swapped() -> bytes:
    """A profile in which red means what is green in sRGB, and the reverse."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    return profile.replace("sRGB".encode("utf-16-be"), "xRGB".encode("utf-16-be"))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_colours_are_converted_to_srgb(form: str, mode: str) -> None:
    """A profile goes, and the colours that it described come along; transparency is none of its business."""
    red = Image.new("RGBA", (16, 16), (255, 0, 0, 255 if form == "JPEG" else 100))
    red = red.convert("RGB") if form == "JPEG" or mode == "RGB" else red.quantize(2) if mode == "P" else red
    after = opened(clean(encoded(red, form, icc_profile=swapped())))
    assert "icc_profile" not in after.info
    red_, green, blue, alpha = after.convert("RGBA").getpixel((8, 8))  # type: ignore[misc]
    assert max(red_, blue) < 10
    assert green > 245
    assert alpha == (255 if form == "JPEG" or mode == "RGB" else 100)


@pytest.mark.parametrize("profile", [b"damaged " + CANARY, swapped(), b""])
@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_profiles_that_do_not_fit_are_ignored(mode: str, profile: bytes) -> None:
    """A profile that is damaged or of other colours than the picture's goes; print colours become those of a screen."""
    after = clean(encoded(sample(mode), "JPEG", icc_profile=profile))
    assert opened(after).mode == ("L" if mode == "L" else "RGB")
    assert CANARY not in after


def test_transparency_stays() -> None:
    """A transparent colour of a palette is transparent afterwards."""
    palette = Image.new("P", (2, 2), 0)
    palette.putpalette([10, 20, 30, 200, 210, 220])
    for transparency in (0, b"\0\x80"):  # one colour, or each its own
        after = opened(clean(encoded(palette, "PNG", transparency=transparency, exif=exif(6))))
        assert after.convert("RGBA").getpixel((0, 0)) == (10, 20, 30, 0)


def test_an_animation_gives_its_first_picture() -> None:
    """Only one picture is published."""
    frames = [sample(), sample().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert getattr(opened(clean(moving)), "n_frames", 1) == 1


def test_damage_is_told_or_overcome() -> None:
    """Whatever bytes of a picture are changed or missing, there is a clean picture or an `Unusable`."""
    chance = random.Random(1)  # noqa: S311 - chance, not secrecy
    for made in (jpeg(), png(), webp()):
        for _ in range(100):
            data = bytearray(made[: chance.choice((None, chance.randrange(len(made))))])
            for _ in range(chance.randrange(5) if data else 0):
                data[chance.randrange(len(data))] = chance.randrange(256)
            with contextlib.suppress(Unusable):
                clean(bytes(data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a PNG"),
        (b"GIF89a" + bytes(100), "not a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG"),
        (jpeg()[:300], "cut off"),
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


def test_endless_passes_are_refused() -> None:
    """A small file that refines a large picture again and again would hold up the build."""
    patient = encoded(sample(), "JPEG", progressive=True)
    last = patient[patient.rfind(b"\xff\xda") : -2]
    with pytest.raises(Unusable, match="passes"):
        clean(patient[:-2] + last * SCANS + patient[-2:])


@pytest.mark.parametrize("made", [jpeg, png, webp])
@pytest.mark.parametrize("square", [False, True])
def test_smaller_ones_are_as_clean(made: Callable[[], bytes], square: bool) -> None:  # noqa: FBT001 - of a test
    """A smaller picture is a WebP in which nothing but the pixels is, and the same from the same."""
    after = scaled(made(), 8, square=square)
    assert after == scaled(made(), 8, square=square)
    assert opened(after).format == "WEBP"
    assert opened(after).size == ((8, 8) if square else (8, 4))
    assert CANARY not in after
    assert not opened(after).getexif()
    assert "exif" not in opened(after).info
    assert "xmp" not in opened(after).info


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_sizes_are_those_of_the_upright_picture(orientation: int, form: str) -> None:
    """Width and height are told, and scaled, as the picture is seen."""
    lying = encoded(sample(size=(400, 200)), form, exif=exif(orientation))
    wide, high = (200, 400) if orientation >= 5 else (400, 200)
    assert size(lying) == opened(clean(lying)).size == (wide, high)
    small = opened(scaled(lying, 50))
    assert small.size == (50, 50 * high // wide)
    first = small.convert("L").getpixel((3, 3))
    assert isinstance(first, int)
    assert (first < 128) is (orientation in (1, 4, 5, 6))


def test_the_size_of_what_is_no_picture() -> None:
    """It is not known; the mistake is told where the picture is published."""
    assert size(b"") == size(b"GIF89a") == size(jpeg()[:20]) == (0, 0)


@pytest.mark.parametrize(("wide", "high", "dark"), [(60, 100, 10), (60, 100, 70), (100, 60, 0)])
def test_a_square_is_cut_where_a_face_is(wide: int, high: int, dark: int) -> None:
    """In the middle of the width; of what is too high, a quarter goes above and three below."""
    portrait = Image.new("L", (wide, high), 255)
    side = min(wide, high)
    portrait.paste(0, (0, 0, wide, dark))
    portrait.paste(0, (0, 0, (wide - side) // 2, high))
    square = opened(scaled(encoded(portrait, "PNG"), 30, square=True)).convert("L")
    assert square.size == (30, 30)
    top = (high - side) // 4
    for y in (2, 15, 28):
        is_dark = top + y * side / 30 < dark
        value = square.getpixel((1, y))
        assert isinstance(value, int)
        assert (value < 128) is is_dark


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_mode_can_be_smaller(mode: str) -> None:
    """Dark stays dark and light stays light, whatever the pixels are made of."""
    picture = sample("I" if mode == "I;16" else mode)
    if mode == "I;16":
        picture = picture.point(lambda value: value * 256).convert("I;16")
    small = opened(scaled(encoded(picture, "JPEG" if mode == "CMYK" else "PNG"), 20)).convert("L")
    for x, light in ((2, 30), (17, 220)):
        value = small.getpixel((x, 5))
        assert isinstance(value, int)
        assert abs(value - light) < 12


def test_transparency_stays_in_smaller_ones() -> None:
    """What is seen through is seen through, and its hidden colour does not bleed into what is beside it."""
    picture = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (0, 20, 40, 40))
    small = opened(scaled(encoded(picture, "PNG"), 10)).convert("RGBA")
    *_, above = small.getpixel((5, 1))  # type: ignore[misc]
    red, _, blue, below = small.getpixel((5, 8))  # type: ignore[misc]
    assert (above, below) == (0, 255)
    assert red < 20
    assert blue > 200


def test_colours_of_smaller_ones_are_srgb() -> None:
    """A profile goes, and its colours come along."""
    red = encoded(Image.new("RGB", (16, 16), (255, 0, 0)), "JPEG", icc_profile=swapped())
    red_, green, _ = opened(scaled(red, 8)).convert("RGB").getpixel((4, 4))  # type: ignore[misc]
    assert red_ < 20
    assert green > 200


def test_a_drawing_in_its_own_size_stays_exact() -> None:
    """Where nothing is scaled, few plain colours cost less without loss than with."""
    drawn = Image.new("RGB", (60, 40), "white")
    drawn.paste((200, 0, 0), (13, 7, 40, 31))
    assert opened(scaled(encoded(drawn, "PNG"), 60)).convert("RGB").tobytes() == drawn.tobytes()


def test_damage_is_told_of_smaller_ones() -> None:
    """What cannot be published cannot be published smaller."""
    with pytest.raises(Unusable, match="cut off"):
        scaled(encoded(Image.effect_noise((300, 300), 80), "PNG")[:-400], 20)
