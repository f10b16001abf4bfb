r"""Lines of iCalendar (RFC 5545, section 3.1) and vCard (RFC 2426, section 2.6): texts escaped, lines folded.

Some readers break lines wherever Unicode does, so no text may bring a line end of its own, of whatever kind. The
library's own escaping leaves those, and takes the letters ``\N`` for a line end.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar.prop import vInline

_LINE_ENDS = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def cleaned(text: str) -> str:
    """A text with line feeds for line ends of any kind, and without control characters."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def escaped(text: str) -> "vInline":
    """A text as the value of a property (RFC 5545, section 3.3.11; RFC 2426, section 4)."""
    from icalendar.prop import vInline  # noqa: PLC0415 - not needed when nothing changed

    return vInline(cleaned(text).translate(_SPECIAL))


def bare(text: str) -> "vInline":
    """A value that is not escaped: an address, or parts that are. It has no line end."""
    from icalendar.prop import vInline  # noqa: PLC0415 - not needed when nothing changed

    return vInline(cleaned(text).replace("\n", ""))


def line(name: str, value: "vInline") -> bytes:
    """A property with its value, folded at 75 octets, and ended by CRLF; nothing without a value."""
    from icalendar.parser import Contentline, Parameters  # noqa: PLC0415 - not needed when nothing changed

    return bytes(Contentline.from_parts(name, Parameters(), value).to_ical()) + b"\r\n" if value else b""
