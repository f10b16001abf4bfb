"""Recordings on the page itself: players in a frame, from hosts that the site allows, and files of the site."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

_PLAYERS = {
    "youtube.com": "www.youtube-nocookie.com",
    "youtube-nocookie.com": "www.youtube-nocookie.com",
    "youtu.be": "www.youtube-nocookie.com",
    "vimeo.com": "player.vimeo.com",
    "archive.org": "archive.org",
}
"""Well-known places of recordings, and the hosts of their players. YouTube's sets no cookies before one plays."""

_MEDIA = {
    **dict.fromkeys(("mp4", "m4v", "webm", "ogv", "mov"), "video"),
    **dict.fromkeys(("mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac"), "audio"),
}
"""What browsers play, by suffix."""

_ADDRESS = re.compile(
    r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(\d{1,5}))?([/?#][!#-&(-;=?-\[\]_a-z~]*)?", re.ASCII | re.IGNORECASE
)
"""An address that every program reads alike: no user, no backslash, nothing but ASCII."""

_YOUTUBE = r"(?:youtu\.be|(?:[\w-]+\.)*youtube(?:-nocookie)?\.com/(?:watch|live|shorts|embed|v))"
_VIMEO = r"(?:[\w-]+\.)*vimeo\.com/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9A-HJ-NP-Za-km-z]{20,22}"
_PAGES = (
    (rf"{_YOUTUBE}/([\w-]{{11}})", "/embed/{}{start}"),
    (rf"{_VIMEO}(\d+)", "/video/{}"),
    (rf"{_VIMEO}(\d+)/([0-9a-f]+)", "/video/{}?h={}"),  # not listed: known by a second number
    (r"(?:[\w-]+\.)*archive\.org/(?:details|embed)/([\w.-]+(?:/[\w.%()+-]+)?)", "/embed/{}"),
)
"""Pages of recordings at well-known places, and the paths of their players."""
_PEERTUBE = (
    (rf"[^/]+/(?:w|videos/watch|videos/embed)/({_UUID})", "/videos/embed/{}{start}"),
    (rf"[^/]+/(?:w/p|videos/watch/playlist|video-playlists/embed)/({_UUID})", "/video-playlists/embed/{}"),
)
"""The same of PeerTube, which stands on many hosts: https://docs.joinpeertube.org/api/embed-player"""


def is_player(host: str) -> bool:
    """It is a well-known place of recordings, from which nothing but its player is needed."""
    return bool(_known(host))


def hosts(allowed: Iterable[str]) -> tuple[str, ...]:
    """The hosts of which frames may show pages, where the site allows these: for a Content-Security-Policy.

    A host is allowed with all hosts below it, ``*.tube.example``; of a well-known place the host of its player is.
    """
    found = ((known,) if (known := _known(host)) else (host, f"*.{host}") for host in allowed)
    return tuple(dict.fromkeys(each for pair in found for each in pair))


def player(url: str, allowed: Iterable[str]) -> str:
    """The https address of a page that plays the recording in a frame; empty where the site does not allow its host.

    Of hosts that are not known it is the address itself.
    """
    match = _ADDRESS.fullmatch(url)
    if not match:
        return ""
    host, port = match[1].lower(), match[2] or "443"
    if known := _known(host):
        path = _path(url, _PAGES) if known in map(_known, allowed) else ""
        return path and f"https://{known}{path}"
    if url[:6].lower() != "https:" or not any(_is_below(host, port, each) for each in allowed):
        return ""
    at = f"https://{host}" if port == "443" else f"https://{host}:{port}"
    return at + (_path(url, _PEERTUBE) or match[3] or "/")


def media(url: str) -> str:
    """As what a page plays a file of the site, by its suffix: video or audio; empty for all else."""
    return _MEDIA.get(url.rpartition(".")[2].lower(), "") if url.startswith("/files/") else ""


def _known(host: str) -> str:
    """The host of the player of a well-known place; empty for others."""
    return next((player for name, player in _PLAYERS.items() if host == name or host.endswith(f".{name}")), "")


def _is_below(host: str, port: str, allowed: str) -> bool:
    name, _, number = allowed.partition(":")
    return (host == name or host.endswith(f".{name}")) and port == (number or "443")


def _path(url: str, pages: Iterable[tuple[str, str]]) -> str:
    """The path of the player of a recording; empty for a page that shows none, or several."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    named = [
        query[name] for name in ("v", "h") if name in query
    ]  # the recording at YouTube, the second number at Vimeo
    page = "/".join((f"{parts.hostname}{parts.path}".rstrip("/"), *named))
    for pattern, path in pages:
        if found := re.fullmatch(pattern, page, re.ASCII):
            return path.format(*found.groups(), start=_start(query.get("t") or query.get("start") or ""))
    return ""


def _start(text: str) -> str:
    """From which second to play: of ``90``, ``90s`` or ``1h2m3s``."""
    found = re.fullmatch(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?", text, re.ASCII)
    hours, minutes, seconds = (int(each or 0) for each in found.groups()) if found else (0, 0, 0)
    total = hours * 3_600 + minutes * 60 + seconds
    return f"?start={total}" if total else ""
