"""Paint an SVG as PNG, with fonts of our own: the same picture gives the same bytes everywhere."""

from collections.abc import Callable
from importlib.resources import as_file, files

from curate.refusal import Refusal

_ZOOM = 2
_FAMILY = "DejaVu Sans"


def painter() -> Callable[[bytes], bytes]:
    """Return what turns an SVG file into a PNG file, or refuse where resvg is not installed."""
    try:
        import resvg_py  # noqa: PLC0415 - an extra, which most do not have
    except ImportError as error:
        raise Refusal(
            "Pictures are painted with resvg; run `pip install 'curate[plots]'`."
        ) from error

    def paint(svg: bytes) -> bytes:
        with as_file(files("curate.formats.plots").joinpath("fonts")) as fonts:
            painted: bytes = resvg_py.svg_to_bytes(
                svg_string=svg.decode(),
                background="#ffffff",
                zoom=_ZOOM,
                skip_system_fonts=True,
                font_dirs=[str(fonts)],
                font_family=_FAMILY,
                sans_serif_family=_FAMILY,
            )
        return bytes(painted)

    return paint
