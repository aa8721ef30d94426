"""A QR code as an SVG drawing; the library is loaded on first use."""

import io


def svg(text: str) -> str:
    """With a white ground, so that it can be read in the dark too; without the declaration of a file."""
    import qrcode  # noqa: PLC0415
    from qrcode.image.svg import SvgPathFillImage  # noqa: PLC0415

    drawing = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage).save(drawing)
    return drawing.getvalue().decode().partition("?>")[2].strip()
