"""Pictures without metadata (provisional)."""

import io


class Unusable(ValueError):  # noqa: N818
    """The picture cannot be published."""


def clean(data: bytes) -> bytes:
    """The picture without metadata."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    try:
        image = Image.open(io.BytesIO(data))
        form = image.format
        turned = ImageOps.exif_transpose(image)
    except Exception as error:
        raise Unusable("not a PNG, JPEG or WebP picture") from error
    out = io.BytesIO()
    turned.info.clear()
    turned.save(out, form)
    return out.getvalue()
