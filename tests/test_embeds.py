"""Recordings on the page itself: from which addresses, and what a page may then show in a frame."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import embeds

ALLOWED = ("youtube.com", "vimeo.com", "archive.org", "tube.example", "video.example:8443")
YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
VIMEO = "https://player.vimeo.com/video/76979871"
UUID = "52a10666-3a18-4e73-93da-e8d3c12c305a"
SHORT = "bMh6oDvGqzUPxmJpgEwyBL"
PLAYERS = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
    ("https://youtube.com/watch?list=PL0123456789&v=dQw4w9WgXcQ&feature=share", YOUTUBE),
    ("https://m.youtube.com/watch?v=dQw4w9WgXcQ#comments", YOUTUBE),
    ("http://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
    ("HTTPS://WWW.YouTube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
    ("https://youtu.be/dQw4w9WgXcQ?si=abcdef", YOUTUBE),
    ("https://www.youtube.com/live/dQw4w9WgXcQ", YOUTUBE),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ/", YOUTUBE),
    ("https://www.youtube.com/embed/dQw4w9WgXcQ", YOUTUBE),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", YOUTUBE),
    ("https://youtu.be/dQw4w9WgXcQ?t=90", f"{YOUTUBE}?start=90"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3605s", f"{YOUTUBE}?start=3605"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1h2m3s", f"{YOUTUBE}?start=3723"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=soon", YOUTUBE),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&v=another", YOUTUBE),
    ("https://www.youtube.com/", ""),
    ("https://www.youtube.com/@workingorder", ""),
    ("https://www.youtube.com/watcherbytes", ""),
    ("https://www.youtube.com/playlist?list=PL0123456789", ""),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ%22%3E", ""),
    ("https://vimeo.com/76979871", VIMEO),
    ("https://vimeo.com/channels/staffpicks/76979871", VIMEO),
    ("https://vimeo.com/groups/clocks/videos/76979871", VIMEO),
    ("https://vimeo.com/76979871/8272103f6e", f"{VIMEO}?h=8272103f6e"),
    ("https://player.vimeo.com/video/76979871?h=8272103f6e", f"{VIMEO}?h=8272103f6e"),
    ("https://vimeo.com/workingorder", ""),
    ("https://archive.org/details/clock-talk_2024", "https://archive.org/embed/clock-talk_2024"),
    ("https://www.archive.org/details/clock/side%20a.mp3", "https://archive.org/embed/clock/side%20a.mp3"),
    ("https://archive.org/download/clock/talk.mp4", ""),
    (f"https://tube.example/w/{SHORT}", f"https://tube.example/videos/embed/{SHORT}"),
    (f"https://tube.example/w/{SHORT}?start=1m5s", f"https://tube.example/videos/embed/{SHORT}?start=65"),
    (f"https://a.tube.example/videos/watch/{UUID}", f"https://a.tube.example/videos/embed/{UUID}"),
    (f"https://tube.example/videos/embed/{UUID}", f"https://tube.example/videos/embed/{UUID}"),
    (f"https://tube.example/w/p/{SHORT}", f"https://tube.example/video-playlists/embed/{SHORT}"),
    ("https://tube.example/w/about", "https://tube.example/w/about"),
    ("https://tube.example", "https://tube.example/"),
    ("https://Tube.Example:443/Talk?a=b&c#d", "https://tube.example/Talk?a=b&c#d"),
    ("https://video.example:8443/talk", "https://video.example:8443/talk"),
    ("https://video.example/talk", ""),
    ("https://tube.example:8443/talk", ""),
    ("http://tube.example/talk", ""),
]  # fmt: skip


@pytest.mark.parametrize(("url", "player"), PLAYERS)
def test_players(url: str, player: str) -> None:
    """A recording has the page of its player, at the second that the address names; other addresses have none."""
    assert embeds.player(url, ALLOWED) == player


@pytest.mark.parametrize(("url", "player"), [each for each in PLAYERS if each[1]])
def test_nothing_is_shown_that_is_not_allowed(url: str, player: str) -> None:
    """Without hosts in site.yaml, and with others, no recording is shown on the page."""
    assert player
    assert embeds.player(url, ()) == ""
    assert embeds.player(url, ("be", "example.org", "notyoutube.com", "ube.example", "ideo.example:8443")) == ""


@pytest.mark.parametrize("allowed", ["youtube.com", "www.youtube.com", "youtube-nocookie.com", "youtu.be"])
def test_one_place_has_many_names(allowed: str) -> None:
    """Who allows YouTube by any of its names allows its player, which is on a host of its own."""
    assert embeds.player("https://youtu.be/dQw4w9WgXcQ", (allowed,)) == YOUTUBE
    assert embeds.hosts((allowed,)) == ("www.youtube-nocookie.com",)
    assert embeds.is_player(allowed)


def test_hosts() -> None:
    """A host that is not known is allowed with all below it; each is told once."""
    assert embeds.hosts(()) == ()
    assert embeds.hosts(("tube.example", "youtube.com", "vimeo.com", "youtu.be", "video.example:8443")) == (
        "tube.example", "*.tube.example", "www.youtube-nocookie.com", "player.vimeo.com",
        "video.example:8443", "*.video.example:8443",
    )  # fmt: skip
    assert not embeds.is_player("tube.example")
    assert not embeds.is_player("myyoutube.com")


HOSTILE = [
    "https://evil.example\\@youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
    "https://user:word@tube.example/talk",
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://tube.example.evil.example/",
    "https://eviltube.example/",
    "https://tube.example./",
    "https://tube.example\n.evil.example/",
    "https://tube.example/talk\n",
    "https://tube.example/\"><script src='//evil.example'>",
    "https://tube.example/a b",
    "//tube.example/talk",
    "javascript://tube.example/%0aalert(1)",
    "data:text/html,https://tube.example/",
    "https:///tube.example/",
    "https:tube.example/",
    "https://tübe.example/",
    "https://tube.example/\u017f",
    "https://tube.example:\u0668443/",
    "https://[::1]/",
    "/files/talk.mp4",
    "",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses(url: str) -> None:
    """An address that programs could read in different ways, or that is of another host, is not shown."""
    assert embeds.player(url, ALLOWED) == ""


PARTS = ["https://", "http://", "tube.example", "youtube.com", "youtu.be", "evil.example", "@", "\\", "/", ":", ".",
         "?v=", "#", "dQw4w9WgXcQ", "watch", "w", SHORT, "\n", " ", '"', "<", "%2f", "é", "&t=9", "8443"]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=10).map("".join))
def test_only_what_the_policy_allows_is_shown(url: str) -> None:
    """Whatever the address, its player is at one of the hosts that frames may show, and can stand in an attribute."""
    shown = embeds.player(url, ALLOWED)
    if shown:
        assert not re.search(r"[\s\\\"'<>^`{|}]|[^!-~]", shown)
        parts = urlsplit(shown)
        assert parts.scheme == "https"
        sources = embeds.hosts(ALLOWED)
        assert parts.netloc in sources or f"*.{parts.netloc.partition('.')[2]}" in sources


MEDIA = [
    ("/files/talk.mp4", "video"),
    ("/files/2026/Talk.one.WEBM", "video"),
    ("/files/talk.mp3", "audio"),
    ("/files/talk.ogg", "audio"),
    ("/files/talk.m4a", "audio"),
    ("/files/slides.pdf", ""),
    ("/files/mp4", ""),
    ("/events/talk.mp4", ""),
    ("https://example.org/files/talk.mp4", ""),
    ("", ""),
]


@pytest.mark.parametrize(("url", "played"), MEDIA)
def test_files_of_the_site(url: str, played: str) -> None:
    """A page plays the site's own recordings by what their suffixes say."""
    assert embeds.media(url) == played
