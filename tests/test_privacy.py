"""Privacy: what is not to be published stands in no byte of the output, of the state, and of what is printed.

The fields are drawn from the schema, so one that is added later is covered as soon as it is declared.
"""

import base64
import functools
import hashlib
import html
import io
import json
import quopri
import re
import struct
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sitegen import privacy
from sitegen.cli import main
from sitegen.kinds import kinds
from sitegen.privacy import Watch
from sitegen.problems import Severity
from sitegen.schema import is_private as is_secret
from tests.planting import DAY, MODELS, NUMBER, TOKEN, VALUES, Leaf, everything, leaves, merge, value_for
from tests.sites import NOW, Project, project, tree
from tests.sites import OFFICE as SITE

Make = Callable[[str], Project]
Fields = dict[str, Any]

LEAST: Mapping[str, Fields] = {
    "members": {"name": "Ada Okafor"},
    "events": {"title": "Annual meeting", "start": "2026-12-01 18:00"},
    "groups": {"title": "Tower clocks"},
    "organizations": {"name": "Slow Clocks"},
    "opportunities": {"title": "Clockmaker", "type": "job"},
    "resources": {"title": "Which oil"},
    "news": {"title": "We have moved", "date": "2026-11-01"},
    "pages": {"title": "About"},
}
"""What an entry of each kind needs."""
PATHS = {kind: f"{kind}/one.yaml" for kind in LEAST} | {
    "members": "members/ada-okafor.yaml",
    "events": "events/agm.yaml",
}
PAGES = {kind: path.removesuffix(".yaml").removeprefix("pages/") + "/" for kind, path in PATHS.items()}
"""Where the page of such an entry stands."""


def test_every_kind_is_looked_at() -> None:
    """A kind that is added later needs a path here."""
    assert LEAST.keys() == kinds().keys()


# --- Looking for a text in whatever form


def readings(data: bytes) -> Iterator[str]:
    """What the bytes say to those who decode them in all the ways that are used on the web and in mail."""
    text = data.decode("utf-8", "replace")
    yield from (text, html.unescape(text), urllib.parse.unquote_plus(text), re.sub(r"\r?\n[ \t]", "", text))
    yield quopri.decodestring(data).decode("utf-8", "replace")
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    for start in (0, 1):
        yield from (data[start:].decode(codec, "replace") for codec in ("utf-16-le", "utf-16-be"))


def codes(text: str) -> Iterator[bytes]:
    """The text in base64, wherever it stands in a longer one, in hexadecimal, and as the number that it may be."""
    for spelling in {text, text.lower(), text.upper(), text.title()}:
        raw = spelling.encode()
        yield from (raw.hex().encode(), raw.hex().upper().encode())
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + raw)
            inner = whole[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
            yield from (inner, inner.translate(bytes.maketrans(b"+/", b"-_")))
    if re.fullmatch(r"\d+\.\d+", text):
        yield struct.pack(">d", float(text))
    elif re.fullmatch(r"\d{5,9}", text):
        yield struct.pack(">I", int(text))


def says(data: bytes, text: str) -> bool:
    """The bytes hold the text, in any case and code."""
    folded = text.casefold()
    return any(folded in reading.casefold() for reading in readings(data)) or any(code in data for code in codes(text))


SECRET = "Quokka & Søn, quokka@example.com"  # noqa: S105 - found in any of the forms below


@pytest.mark.parametrize(
    "hide",
    [
        str.encode,
        lambda text: text.upper().encode(),
        lambda text: text.encode("utf-16"),
        lambda text: b"x" + text.encode("utf-16-be"),
        lambda text: html.escape(text).encode(),
        lambda text: "".join(f"&#{ord(letter)};" for letter in text).encode(),
        lambda text: "".join(f"&#x{ord(letter):x};" for letter in text).encode(),
        lambda text: urllib.parse.quote(text).encode(),
        lambda text: urllib.parse.quote_plus(text).encode(),
        lambda text: json.dumps(text).encode(),
        lambda text: quopri.encodestring(text.encode(), quotetabs=True),
        lambda text: b"\r\n ".join(text.encode()[start : start + 5] for start in range(0, 40, 5)),
        lambda text: base64.b64encode(text.encode()),
        lambda text: base64.b64encode(b"1" + text.encode() + b"22"),
        lambda text: base64.urlsafe_b64encode(b"22" + text.upper().encode() + b"1"),
        lambda text: text.encode().hex().encode(),
    ],
)
def test_a_text_is_found_in_any_form(hide: Callable[[str], bytes]) -> None:
    """What looks for private texts below does see them, however they are escaped, encoded, folded or cased."""
    assert says(b"before" + hide(SECRET) + b" after", SECRET) or says(hide(SECRET), SECRET)
    assert not says(hide("nothing of the kind"), SECRET)


@pytest.mark.parametrize("number", ["59.918273", str(NUMBER)])
def test_a_number_is_found_as_bytes(number: str) -> None:
    """A number is seen where the state has it in binary."""
    packed = struct.pack(">d", float(number)) if "." in number else struct.pack(">I", int(number))
    assert says(b"\xcb" + packed + b"\0", number)


# --- Everything that leaves the program


def printed(made: Project, page: str = "", *options: str) -> bytes:
    """What build, check and why print of a project."""
    runs = (["check", "-v", made.root], ["build", "-v", made.root], ["why", page or "/", made.root])
    said = b""
    for words in runs:
        rest = () if words[0] == "why" and "--drafts" not in options else options
        result = CliRunner().invoke(main, [*map(str, words), "--as-of", NOW, *rest], catch_exceptions=False)
        said += f"{result.stdout}\n{result.stderr}\n".encode()
    return said


def leaks(made: Project, said: bytes, *texts: str) -> list[str]:
    """Where one of the texts stands: in what is published or remembered, in the files' names, in what is said."""
    written = {
        f"{folder}/{path}": path.encode() + b"\n" + data
        for folder in ("output", ".sitegen")
        for path, data in tree(made.root / folder).items()
    }
    everywhere = {**written, "said": said}
    return [f"{text} in {place}" for place, data in everywhere.items() for text in texts if says(data, text)]


def put(made: Project, path: str, fields: Fields, body: str = "") -> None:
    """Write an entry, with a body where it is Markdown."""
    if not path.endswith(".md"):
        made.put(path, yaml.safe_dump(fields, allow_unicode=True, sort_keys=False).encode())
        return
    fields = {key: value for key, value in fields.items() if key not in ("bio", "description")}
    made.put(path, f"---\n{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)}---\n{body}".encode())


def picture(text: str = "") -> bytes:
    """A small JPEG whose EXIF data, comment and ICC profile hold a text, and a place in the GPS data."""
    exif = Image.Exif()
    exif[0x010E] = text  # ImageDescription
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (59.0, 54.0, 50.0), 3: "E", 4: (10.0, 45.0, 8.0)})
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(
        made, "JPEG", exif=exif, comment=text.encode(), icc_profile=b"acsp" * 32 + text.encode()
    )
    return made.getvalue()


FOUND = (TOKEN, DAY[:4], str(NUMBER), f"{NUMBER:,}", f"{NUMBER:,}", "48.151623", "48 15 16 23", "Quokkan")
"""What an entry with everything planted in it is found by."""


def test_what_is_planted_can_be_found() -> None:
    """Every value that a field can be given is found by one of these texts, or has no text of its own."""
    planted = {value_for(leaf)[1] for kind in kinds() for leaf in leaves(kind)} | {
        found for _, found in VALUES.values()
    }
    assert {found.format(TOKEN) for found in planted} - {"", "2031"} <= set(FOUND)


# --- Private fields

PUBLISHED_OTHERWISE = {
    *("slug", "aliases", "links", "image", "photo", "sort_name", "bio", "description", "location", "venue", "online"),
    *("start", "end", "duration", "timezone", "mode", "publish_date", "expires", "uid"),
    *("repeats", "rrule", "instead_of", "logo", "navigation"),
    *("organization", "organizations", "groups", "sponsors", "resources", "parent", "event"),
    *(leaf.name for leaf in leaves("events") if leaf.path[0] == "sessions" and not leaf.person),
    *(leaf.name for kind in kinds() for leaf in leaves(kind) if leaf.person and leaf.path[0] != "attendees"),
}
"""Fields that are no secret though they are not shown as they stand: pages, addresses, cards and calendars are made
from them."""


def is_private(leaf: Leaf) -> bool:
    """The field is not declared to be shown, and nothing that is shown is made from it."""
    return not leaf.shown and not {leaf.name, leaf.path[0]} & PUBLISHED_OTHERWISE


SECRET_FIELDS = [leaf for kind in kinds() for leaf in leaves(kind) if is_secret(MODELS[kind], leaf.path[0])]
PRIVATE = [leaf for kind in kinds() for leaf in leaves(kind) if is_private(leaf) and value_for(leaf)[1]]


def test_private_fields_are_found_in_the_schema() -> None:
    """What the contract never publishes is among the fields that are tested here."""
    never = {"email", "phone", "consent.date", "consent.note", "confirmed", "extra"}
    assert never <= {leaf.name for leaf in PRIVATE}
    assert never <= {leaf.name for leaf in SECRET_FIELDS}


UNLISTED = f"-- members/{TOKEN}.yaml --\nlisted: no\nname: {TOKEN}\npublic: attendance\n"
"""Somebody who takes part and whom nobody may know."""


@pytest.mark.parametrize("leaf", PRIVATE, ids=lambda leaf: f"{leaf.kind}-{leaf.name}")
def test_a_private_field_is_nowhere(make: Make, leaf: Leaf) -> None:
    """A field that is not declared to be shown is not published, remembered or printed by a build that succeeds."""
    value, found = value_for(leaf)
    made = make(SITE + (UNLISTED if leaf.path[0] == "attendees" else ""))
    put(made, PATHS[leaf.kind], {**LEAST[leaf.kind], **leaf.holding(value)})
    page = PAGES[leaf.kind]
    said = printed(made, page)
    assert page.encode() in said
    assert (made.options.output / page / "index.html").exists()
    assert leaks(made, said, found, found.replace(" ", "")) == []


@pytest.mark.parametrize("leaf", SECRET_FIELDS, ids=lambda leaf: f"{leaf.kind}-{leaf.name}")
@pytest.mark.parametrize(
    "wrong", ["{}, {}", ["{}", "{}"], {"{}": "{}"}, "\a{}", "{}" * 400, [["{}"]], {"a": {"{}": 1}}]
)
def test_a_private_field_with_a_mistake_is_nowhere(make: Make, leaf: Leaf, wrong: Any) -> None:
    """A value that the private field cannot have is masked where it is complained of, and so is a key in it."""
    made = make(SITE)
    value = json.loads(json.dumps(wrong).replace("{}", TOKEN))
    put(made, PATHS[leaf.kind], {**LEAST[leaf.kind], **leaf.holding(value)})
    assert leaks(made, printed(made), TOKEN) == []


MISTAKES = [
    "name: Ada Okafor\nemial: {0}@example.com\n",
    "name: Ada Okafor\nphone: {0}\n",
    "name: Ada Okafor\nemail: {0}@example.com\nemail: two@example.com\n",
    "name: Ada Okafor\nemail: one@example.com\nemail: {0}@example.com\n",
    "name: Ada Okafor\nemail: {0}@example.com: x\n",
    "name: Ada Okafor\nemail: [{0}@example.com] x\n",
    "name: Ada Okafor\nemail: '{0}@example.com' x\n",
    "name: Ada Okafor\nemail: {0}@example.com\n  phone: {0}\n",
    "name: Ada Okafor\n email: {0}@example.com\n",
    "name: Ada Okafor\n{0}@example.com\nemail: x\n",
    "name: Ada Okafor\n{0}\n",
    "name: Ada Okafor\n'{0} wrote': x\n",
    "name: Ada Okafor\nconsent: {{date: soon, note: {0}}}\n",
    "name: Ada Okafor\nconsent: {{{0}: yes}}\n",
    "name: Ada Okafor\nconsent: {{{0}: yes, {0}: no}}\n",
    "name: Ada Okafor\nconsent:\n  {0} {0}\n  {0}: x\n",
    "name: Ada Okafor\nextra: {{{0}: [{0}}}\n",
    "{{name: [Ada] x, email: {0}@example.com}}\n",
    "{{name: [Ada], email: {0}@example.com}}\n",
    "{{name: {{Ada: x}}, email: {0}@example.com, phone: +47 22 00 00 00}}\n",
    "{{\nname: Ada, email: {0}@example.com, role: [x}} ,\n}}\n",
    "{{\nname: Ada: x, phone: {0}\n}}\n",
    '{{"name": ["Ada"], "email": "{0}@example.com"}}\n',
    "name: Ada Okafor, email: {0}@example.com: x\n",
    "name: Ada: write to {0}@example.com\n",
    "name: Ada Okafor\nlocation: {{city: [Oslo], note: {0}}}\n",
    "name: Ada Okafor\nmentoring: {{hours: [x], email: {0}@example.com}}\n",
    "name: Ada Okafor\nlinks: {{website: ok.example}}\nextra: {0}\n",
    "name: Ada Okafor\nemail: !x!{0} a\n",
    "name: Ada Okafor\nemail: *{0}\n",
    'name: Ada Okafor\nemail: "\\{0}"\n',
    'name: Ada Okafor\nemail: "{0}@example.com\n',
    "name: Ada Okafor\nemail: {0}@example.com\nextra: " + "[" * 200 + "\n",
    "name: Ada Okafor\nemail: {0}@example.com\nextra: \0\n",
    "name: Ada Okafor\nemail: {0}@example.com\n---\nname: x\n",
    "- name: Ada Okafor\n- email: {0}@example.com\n",
    "{0}\n",
]


@pytest.mark.parametrize(
    ("text", "path"),
    [(text, PATHS["members"]) for text in MISTAKES]
    + [(text, "members/ada-okafor.md") for text in MISTAKES if "---" not in text],
)
def test_a_mistake_beside_a_private_value(make: Make, text: str, path: str) -> None:
    """Where a file is wrong, what stands on the line or beside it is not printed: a value may be anybody's address."""
    made = make(SITE + "-- members/bo-lund.yaml --\nname: Bo Lund\n")
    text = text.format(TOKEN)
    made.put(path, (f"---\n{text}---\nMends clocks.\n" if path.endswith(".md") else text).encode())
    said = printed(made)
    assert b": error: " in said or b": note: " in said
    assert leaks(made, said, TOKEN) == []


SECRETS = [leaf.holding(value_for(leaf)[0]) for leaf in SECRET_FIELDS if leaf.kind == "members"]
PROFILE = functools.reduce(merge, SECRETS, {**everything("members", "plain"), "name": "Ada Okafor"})
LINES = yaml.safe_dump(PROFILE, sort_keys=False).splitlines(keepends=True)
BREAKS = [
    "\t",
    "x",
    "x: 'y",
    "x: [",
    "x: {",
    "- x",
    "x: y: z",
    "@x",
    "---",
    "...",
    '"',
    "? [x]",
    "x: *y",
    "x: !y!z w",
    "%",
]


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(LINES)),
    st.sampled_from(BREAKS),
    st.sampled_from(["", "  ", "    "]),
    st.sampled_from(["\n", ""]),
)
def test_a_broken_file_is_not_printed(tmp_path_factory: Any, at: int, broken: str, indent: str, end: str) -> None:
    """Wherever a line breaks the YAML, no private value is told with the place, whatever runs into its line."""
    made = project(tmp_path_factory.mktemp("site"), SITE)
    text = "".join((*LINES[:at], indent, broken, end, *LINES[at:]))
    made.put(PATHS["members"], text.encode())
    said = made.messages().encode()
    assert not says(said, TOKEN)
    assert not says(said, "48 15 16 23")


def test_public_names_what_is_shown(make: Make) -> None:
    """A member's address is published where ``public`` names it, on the page, in the card and the data, alone."""
    made = make(
        SITE
        + """
-- members/ada-okafor.yaml --
name: Ada Okafor
email: quokka@example.com
phone: +47 48 15 16 23
public: email
"""
    )
    said = printed(made, "members/ada-okafor/")
    assert leaks(made, said, "48 15 16 23", "48151623") == []
    pages = {path for path, data in made.output().items() if says(data, "quokka@example.com")}
    assert pages == {"members/ada-okafor/index.html", "members/ada-okafor/card.vcf", "api/members.json"}
    assert not says(said, TOKEN)


@pytest.mark.parametrize(("public", "exact"), [("email", False), ("coordinates", True)])
def test_coordinates_are_rounded(make: Make, public: str, *, exact: bool) -> None:
    """Where a member lives is told to some kilometres, unless ``public`` names the coordinates."""
    made = make(SITE)
    place = {"city": "Oslo", "latitude": "59.918273", "longitude": "10.747561"}
    put(made, PATHS["members"], {"name": "Ada", "email": "ada@example.com", "location": place, "public": public})
    said = printed(made, "members/ada-okafor/")
    for number, rounded in (("59.918273", "59.9"), ("10.747561", "10.7")):
        assert bool(leaks(made, said, number)) == exact
        assert leaks(made, said, rounded)


def test_in_memoriam(make: Make) -> None:
    """A page remembers the dead; no address, card, offer or wish of theirs is published, whatever was once public."""
    made = make(SITE)
    fields = {
        "name": "Ada Okafor",
        "status": "in-memoriam",
        "email": f"{TOKEN}@example.com",
        "phone": "+47 48 15 16 23",
    }
    wishes = {key: [{"topic": TOKEN, "note": TOKEN}] for key in ("offers", "seeks", "available_for")}
    mentoring = {"as": "mentor", "topics": [TOKEN]}
    put(made, PATHS["members"], {**fields, **wishes, "mentoring": mentoring, "public": ["email", "phone"]})
    assert leaks(made, printed(made, "members/ada-okafor/"), TOKEN, "48 15 16 23", "48151623") == []
    assert "Ada Okafor" in made.read("members/ada-okafor/index.html")
    assert not [path for path in made.output() if path.endswith(".vcf")]


# --- Who takes part

GOES = """
-- events/agm.yaml --
title: Annual meeting
start: 2026-12-01 18:00
attendees: [quokka-okafor, members/quokka-okafor, Quokka Okafor, {person: quokka-okafor, role: quokka keeper}]
-- events/bench.yaml --
title: Open bench
start: 2026-12-01
repeats: {every: week, changes: {2026-12-08: {attendees: quokka-okafor}}}
"""


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        ("public: attendance", True),
        ("public: email\nemail: office@example.org", False),
        ("", False),
        ("public: attendance\nlisted: name-only", False),
        ("public: attendance\nlisted: no", False),
        ("public: attendance\ndraft: yes", False),
        ("public: attendance\nstatus: in-memoriam", False),
    ],
)
def test_who_takes_part_is_shown_where_both_agree(make: Make, profile: str, *, shown: bool) -> None:
    """An event names those whose ``public`` names attendance, alone; nobody's calendar says where they go."""
    made = make(f"{SITE}{GOES}-- members/quokka-okafor.yaml --\nname: Quokka Okafor\n{profile}\n")
    assert not made.build().failed
    found = {path for path, data in made.output().items() if says(data, "Okafor")}
    assert {path for path in found if path.startswith("events/")} == (
        {"events/agm/index.html", "events/agm/people.vcf", "events/bench/index.html", "events/bench/people.vcf"}
        if shown
        else set()
    )
    assert not [path for path in found if path.endswith(".ics")]
    assert not says(b"".join(made.output().values()), "quokka keeper")


# --- People who are not listed

SOMEBODY = f"{TOKEN}-okafor"
EVENT = f"""
-- events/agm.md --
---
title: Annual meeting
start: 2026-12-01
speakers:
  - {SOMEBODY}
  - members/{SOMEBODY}
  - {{person: {SOMEBODY}, name: Quokka Okafor, role: quokka keeper, bio: Keeps quokkas.}}
  - Bo Lund
organizers: {SOMEBODY}
---
All are welcome.
"""
PARTS = f"""
-- groups/clocks.yaml --
title: Clocks
leads: [{SOMEBODY}, {{person: {SOMEBODY}, role: quokka keeper}}, Bo Lund]
former_leads: [{{name: Quokka Okafor, role: quokka keeper, until: 2020}}]
-- news/moved.yaml --
title: We have moved
date: 2026-11-01
authors: [{SOMEBODY}, Bo Lund]
-- resources/oil.yaml --
title: Which oil
date: 2026-11-01
authors: [Quokka Okafor, old-quokka]
-- opportunities/job.yaml --
title: Keeper
type: job
posted: 2026-11-01
contact: {SOMEBODY}
"""
"""Everything else that somebody may have a part in."""
BY_NAME = """
-- events/party.yaml --
title: Party
start: 2026-12-02
speakers: [Quokka Okafor, QUOKKA  OKAFOR, {name: Quòkka Okafor, role: quokka keeper}, old-quokka]
"""


GROUP = "-- groups/beside.yaml --\ntitle: Beside\n"


def somebody(**fields: str) -> Fields:
    """A profile with everything in it, of somebody in the group of `GROUP`."""
    found = {
        **everything("members"),
        "name": "Quokka Okafor",
        "aliases": ["old-quokka", "/people/quokka/"],
        "organization": "Quokka Works",
        "organizations": [{"organization": "Quokka Ltd", "role": TOKEN, "since": DAY, "until": DAY}],
        "groups": [{"group": "beside", "role": TOKEN, "since": DAY, "until": DAY}],
    }
    return {**{key: value for key, value in found.items() if key not in ("draft", "publish_date", "listed")}, **fields}


HIDDEN: Mapping[str, tuple[str, Callable[[], Fields]]] = {
    "no": (f"members/{SOMEBODY}.yaml", lambda: somebody(listed="no")),
    "false": (f"members/{SOMEBODY}.yaml", lambda: somebody(listed="FALSE")),
    "Markdown": (f"members/{SOMEBODY}.md", lambda: somebody(listed="no")),
    "a folder": (f"members/{SOMEBODY}/index.yaml", lambda: somebody(listed="no")),
    "a folder for order": (f"members/q/{SOMEBODY}.yml", lambda: somebody(listed="no")),
    "one file for all": ("members.yaml", lambda: {SOMEBODY: somebody(listed="no")}),
    "a draft": (f"members/{SOMEBODY}.yaml", lambda: somebody(listed="no", draft="yes")),
    "a later day": (f"members/{SOMEBODY}.yaml", lambda: somebody(listed="no", publish_date="2031-07-05")),
}


def with_pictures(made: Project, path: str) -> None:
    """Pictures of somebody beside their file, and one in a folder of their own."""
    folder = path.rpartition("/")[0] or "members"
    for name in (f"{TOKEN}.png", f"{SOMEBODY}.jpg"):
        made.put(f"{folder}/{name}", picture(TOKEN))


@pytest.mark.parametrize("case", HIDDEN)
def test_somebody_unlisted_is_nowhere(make: Make, case: str) -> None:
    """Of somebody who is not listed nothing is told: no field, picture, id, old id, address; nor where they speak."""
    path, fields = HIDDEN[case]
    made = make(SITE + "-- members/bo-lund.yaml --\nname: Bo Lund\n" + EVENT + BY_NAME + PARTS)
    put(made, path, fields(), body=TOKEN)
    with_pictures(made, path)
    said = printed(made, "events/agm/")
    assert made.options.output.exists(), said.decode()
    assert leaks(made, said, *FOUND) == []
    for page in ("events/agm", "groups/clocks", "news/moved"):
        assert "Bo Lund" in made.read(f"{page}/index.html")
    assert made.read("members/index.html").count("/members/bo-lund/")


@pytest.mark.parametrize("listed", ["", "no", "yes", "name-only"])
def test_members_are_hidden_by_default(make: Make, listed: str) -> None:
    """With ``directory: {default: hidden}`` only those are published who say so."""
    made = make(SITE + "-- members/bo-lund.yaml --\nname: Bo Lund\nlisted: yes\n" + EVENT + BY_NAME + GROUP)
    made.write(SITE.rstrip() + "\ndirectory: {default: hidden}\n")
    path = f"members/{SOMEBODY}.yaml"
    put(made, path, somebody(**({"listed": listed} if listed else {})))
    with_pictures(made, path)
    said = printed(made, "events/agm/")
    assert bool(leaks(made, said, *FOUND)) == (listed in ("yes", "name-only"))
    assert (made.options.output / f"members/{TOKEN}/index.html").exists() == (listed == "yes")


@pytest.mark.parametrize("default", ["listed", "hidden"])
@pytest.mark.parametrize(
    "text",
    [
        "listed: no\nname: Quokka\nemail: quokka\nslug: Quokka Slug\ngroups: [Quokka Group]\nphoto: quokka.jpg\n",
        "listed: no\nname: [Quokka] Okafor\nquokka: x\n",
        "listed: no\nname: Quokka #2\nrole: [Quokka]\nheadline: {quokka}\nquokka: x\n",
        "listed: no\nname: 'Quokka\n",
        "listed: no\nquokka: x\nquokka: y\n",
        "listed: no\n---\nname: Quokka\n",
        "'listed': 'no'\nname: Quokka: x\n",
        "{listed: no, name: [Quokka] x}\n",
        "{\n  name: Quokka: x,\n  listed: no,\n}\n",
        "listed: nope\nname: Quokka\nquokka: x\n",
        "listed: nope\nname: Quokka: x\n",
        "Listed: no\nname: Quokka\n",
        "listed: [no]\nname: Quokka\n",
        "listed: no\nlocation: {quokka: x, country: Quokkaland}\nlinks: {quokka: quokka quokka}\n",
        "listed: no\nname: Quokka\x00\n",
    ],
)
def test_a_mistake_of_somebody_unlisted_names_nobody(make: Make, text: str, default: str) -> None:
    """Even where the profile of somebody unlisted is wrong, messages know neither them nor their file."""
    made = make(SITE)
    made.write(SITE.rstrip() + f"\ndirectory: {{default: {default}}}\n")
    made.put(f"members/{SOMEBODY}.yaml", text.encode())
    made.put("members/zoe.yaml", b"name: Zoe\nphoto: quoka-okafor.jpg\n")
    made.put(f"members/{SOMEBODY}.jpg", picture())
    said = printed(made)
    assert b": error: " in said
    assert b"members/unlisted-" in said
    assert not made.options.output.exists()
    assert leaks(made, said, TOKEN) == []


@pytest.mark.parametrize(
    "text",
    ["name: Quokka\nquokka: x\n", "name: Quokka: x\n", "name: [Quokka] Okafor\n", "name: Quokka #2\nslug: A B\n"],
)
def test_a_mistake_of_somebody_hidden_by_default(make: Make, text: str) -> None:
    """Where members are hidden by default, a profile that cannot be read is that of somebody unlisted."""
    made = make(SITE)
    made.write(SITE.rstrip() + "\ndirectory: {default: hidden}\n")
    made.put(f"members/{SOMEBODY}.yaml", text.encode())
    said = printed(made)
    assert b"members/unlisted-" in said
    assert leaks(made, said, TOKEN) == []


@pytest.mark.parametrize("default", ["listed", "hidden"])
def test_other_files_of_somebody_unlisted(make: Make, default: str) -> None:
    """A file with the name of somebody unlisted, in their folder, or with the same id is not named either."""
    made = make(SITE)
    made.write(SITE.rstrip() + f"\ndirectory: {{default: {default}}}\n")
    text = b"listed: no\n" if default == "listed" else b"name: Somebody\n"
    for path in (f"members/{SOMEBODY}.yaml", f"members/b/{SOMEBODY}.yaml", f"members/{TOKEN}/index.md"):
        made.put(path, b"---\n" + text + b"---\n" if path.endswith(".md") else text)
    for path in (f"members/{SOMEBODY}.pdf", f"members/{TOKEN}/letter.docx"):
        made.put(path, b"")
    said = printed(made)
    assert said.count(b"members/unlisted-") >= 4
    assert leaks(made, said, TOKEN) == []


def test_the_name_of_somebody_unlisted_in_a_text(make: Make) -> None:
    """A text that names somebody unlisted is published, with a warning at the place that does not repeat the name."""
    made = make(
        SITE
        + f"""
-- members/{SOMEBODY}.yaml --
listed: no
name: Quokka Okafor
-- members/bo-lund.yaml --
name: Bo Lund
headline: Married to quokka OKAFOR
bio: |
  Rings bells.

  Learnt it
  from *Quokka
  Okafor*.
"""
    )
    told = "warning: this text names somebody who is not listed, and everybody can read it"
    assert [line for line in made.messages().splitlines() if not line.startswith("    =")] == [
        f"members/bo-lund.yaml:2:11: {told}",
        "    | headline: •••",
        f"members/bo-lund.yaml:6:1: {told}",
        "    | bio: •••",
    ]


NAMED = {**everything("members"), "name": "Ada Okafor", "aliases": ["old-ada", f"/{TOKEN}/"], "listed": "name-only"}


@pytest.mark.parametrize("path", [PATHS["members"], "members/ada-okafor.md", "members/ada-okafor/index.yaml"])
def test_name_only_is_a_name_only(make: Make, path: str) -> None:
    """Who is listed by name only is credited by name, and nothing else of the profile is published or remembered."""
    parts = PARTS.replace(SOMEBODY, "ada-okafor").replace("old-quokka", "old-ada")
    parts = parts.replace("Quokka Okafor", "Ada Okafor").replace("quokka keeper", "keeper")
    agm = "-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\nspeakers: [ada-okafor, old-ada]\nhosts: Ada Okafor\n"
    made = make(SITE + agm + parts)
    put(made, path, {key: value for key, value in NAMED.items() if key not in ("draft", "publish_date")}, body=TOKEN)
    with_pictures(made, path)
    said = printed(made, "events/agm/")
    assert leaks(made, said, *FOUND) == []
    assert "Ada Okafor" in made.read("events/agm/index.html")
    pages = {path for path, data in made.output().items() if says(data, "Okafor")}
    credited = ("events/agm", "groups/clocks", "news/moved", "resources/oil", "opportunities/job")
    assert pages == {f"{each}/index.html" for each in credited}
    told = b"".join(re.findall(rb'"application/ld\+json">(.*?)</script>', b"".join(made.output().values()), re.DOTALL))
    assert b"We have moved" in told
    assert not says(told, "Okafor")


def test_a_mistake_of_somebody_listed_by_name_only(make: Make) -> None:
    """What is not published of them is not printed either."""
    made = make(SITE)
    wrong = {"headline": [TOKEN], "slug": f"{TOKEN} {TOKEN}", "location": {"country": TOKEN}, TOKEN: "x"}
    put(made, PATHS["members"], {"name": "Ada Okafor", "listed": "name-only", **wrong})
    assert leaks(made, printed(made), TOKEN) == []


# --- What is not published yet

UNPUBLISHED: Mapping[str, Fields] = {
    "a draft": {"draft": "yes"},
    "perhaps a draft": {"draft": "perhaps"},
    "a later day": {"publish_date": "2026-12-24"},
    "a later moment": {"publish_date": "2026-11-23 12:01"},
    "an unreadable day": {"publish_date": "soon"},
}


INSTEAD = {"draft", "publish_date", "listed", "duration", "rrule", "instead_of", "file"}
"""Fields that contradict others, or are drawn."""


def draft(kind: str, **fields: Any) -> Fields:
    """An entry with everything in it that is valid."""
    people = {
        part: [{"name": TOKEN, "role": TOKEN}] for part in ("speakers", "organizers", "hosts", "helpers", "attendees")
    }
    found = {**everything(kind), **people, "name": TOKEN}
    dated = {
        "start": "2031-07-05",
        "aliases": [TOKEN, f"/{TOKEN}/"],
        "registration": {"url": f"https://{TOKEN}.example"},
        "sessions": [{"title": TOKEN, "start": "2031-07-05 9:00", "room": TOKEN, "abstract": TOKEN, "speakers": TOKEN}],
        "repeats": {"every": "day", "changes": {"2031-07-06": {"title": TOKEN, "description": TOKEN, **people}}},
    }
    known = {key for leaf in leaves(kind) for key in leaf.path[:1]} - INSTEAD
    return {**{key: value for key, value in {**found, **dated}.items() if key in known}, **fields}


@pytest.mark.parametrize("suffix", [".yaml", ".md", "/index.yaml"])
@pytest.mark.parametrize("case", UNPUBLISHED)
@pytest.mark.parametrize("kind", kinds())
def test_what_is_not_published_is_nowhere(make: Make, kind: str, case: str, suffix: str) -> None:
    """Of a draft, and of what is published later, the name of the file is known and nothing that stands in it."""
    made = make(SITE + "-- members/bo-lund.yaml --\nname: Bo Lund\n")
    path = f"{kind}/unready{suffix}"
    fields = {
        key: value for key, value in draft(kind, **UNPUBLISHED[case]).items() if suffix != ".md" or key != "description"
    }
    put(made, path, fields, body=f"{TOKEN} ![{TOKEN}]({TOKEN}.png)")
    with_pictures(made, path)
    assert leaks(made, printed(made, "members/bo-lund/"), *FOUND) == []
    assert made.options.output.exists() == (case not in ("perhaps a draft", "an unreadable day"))


@pytest.mark.parametrize("case", UNPUBLISHED)
@pytest.mark.parametrize(
    "text",
    [
        "name: Quokka #2\nrole: [Quokka]\nheadline: {quokka}\nquokka: x\nslug: A Quokka\n",
        "name: Quokka\nlinks: {quokka: a quokka}\nskills: [Quokka]\n",
        "name: Quokka\nlocation: {country: Quokkaland, quokka: x}\n",
        "name: Quokka\nphoto: quokka.jpg\n",
        "name: Quokka\nquokka: x\nquokka: y\n",
        "name: 'Quokka\n",
        "name: Quokka: x\n",
        "role: [Quokka] x\n",
        "- Quokka\n",
    ],
)
def test_a_mistake_in_what_is_not_published(make: Make, case: str, text: str) -> None:
    """The mistakes of a draft are told by their places."""
    made = make(SITE)
    ((key, value),) = UNPUBLISHED[case].items()
    made.put(PATHS["members"], f"{text}{key}: {value}\n".encode())
    assert leaks(made, printed(made), TOKEN) == []


def test_drafts_are_forgotten(make: Make) -> None:
    """What a preview with --drafts showed is gone from output and memory after the next build without."""
    made = make(SITE + "-- members/bo-lund.yaml --\nname: Bo Lund\n")
    put(made, "members/unready.yaml", draft("members", draft="yes"))
    made.put(f"members/{TOKEN}.png", picture())
    assert leaks(made, printed(made, "/", "--drafts"), TOKEN)
    made.build()
    assert leaks(made, b"", *FOUND) == []


# --- What is private from now on


def hide_by_default(made: Project, path: str) -> None:
    """The association's membership becomes sensitive, and this member has not said to be listed."""
    put(made, path, {key: value for key, value in LISTED.items() if key != "listed"})
    made.write(SITE.rstrip() + "\ndirectory: {default: hidden}\n")


LISTED = somebody(listed="yes", public="email, phone, coordinates", status="active")
FORGET: Mapping[str, Callable[[Project, str], None]] = {
    "unlisted": lambda made, path: put(made, path, {**LISTED, "listed": "no"}),
    "unlisted without a word": lambda made, path: made.put(path, b"listed: no\n"),
    "a draft": lambda made, path: put(made, path, {**LISTED, "draft": "yes"}),
    "hidden by default": hide_by_default,
    "removed": lambda made, path: made.remove(path),
}


@pytest.mark.parametrize("case", FORGET)
def test_who_is_private_from_now_on_is_forgotten(make: Make, case: str) -> None:
    """The next build forgets whom the one before knew: pages, cards, credits, pictures, memory, the tree's twin."""
    bo = "-- members/bo-lund.yaml --\nname: Bo Lund\nlisted: yes\n"
    made = make(SITE + bo + GROUP + EVENT.replace(SOMEBODY, "somebody"))
    path = "members/somebody.yaml"
    put(made, path, LISTED)
    made.put(f"members/{TOKEN}.png", picture(TOKEN))
    made.write(
        EVENT.replace(SOMEBODY, "somebody").replace("name: Quokka Okafor, role: quokka keeper, bio: Keeps quokkas.", "")
    )
    assert not made.build().failed
    assert leaks(made, b"", *FOUND)
    FORGET[case](made, path)
    made.write(
        EVENT.replace(SOMEBODY, "anonymous" if case == "removed" else "somebody")
        .replace("quokka", "x")
        .replace("Quokka", "X")
    )
    report = made.build()
    assert not report.failed, report.problems
    assert leaks(made, made.messages().encode(), *FOUND) == []


def test_an_address_is_forgotten(make: Make) -> None:
    """An address that is no longer public is gone from page, card, memory and twin."""
    made = make(SITE + "-- members/ada-okafor.yaml --\nname: Ada Okafor\nemail: quokka@example.com\npublic: email\n")
    made.build()
    assert leaks(made, b"", TOKEN)
    made.write("-- members/ada-okafor.yaml --\nname: Ada Okafor\nemail: quokka@example.com\n")
    assert leaks(made, printed(made, "members/ada-okafor/"), TOKEN) == []


def test_the_state_has_keyed_digests(make: Make) -> None:
    """What the state recognises private texts by cannot be made without its key: no plain digest of them is in it."""
    made = make(SITE)
    texts = (f"members/{SOMEBODY}.yaml", SOMEBODY, "quokka okafor", "quokka@example.com", "48151623", "quokka")
    made.write(f"-- members/{SOMEBODY}.yaml --\nlisted: no\nname: Quokka Okafor\n")
    made.write("-- members/bo-lund.yaml --\nname: Bo Lund\nemail: quokka@example.com\nphone: 48 15 16 23\n")
    made.build()
    state = made.remembered()
    for text in texts:
        for name in ("md5", "sha1", "sha256", "blake2s"):
            assert hashlib.new(name, text.encode()).digest() not in state
        for size in (8, 16, 20, 32, 64):
            assert hashlib.blake2b(text.encode(), digest_size=size).digest() not in state


HIDDEN_PROFILE = (
    "-- members/zq.yaml --\nname: Quokka van Okafor\nsort_name: Okafor, Quokka van\naliases: old-quokka\nlisted: no\n"
)


@pytest.mark.parametrize(
    "credit", ["Okafor, Quokka van", "van Okafor, Quokka", "Okafor Quokka van", "QUOKKA VAN OKAFOR"]
)
def test_a_name_with_the_family_first(make: Make, credit: str) -> None:
    """In whatever order the name of somebody unlisted is written, it is "a member", in pages, feeds and data."""
    made = make(
        f"{SITE}{HIDDEN_PROFILE}-- news/n.md --\n---\ntitle: N\ndate: 2026-11-20\nauthors: ['{credit}']\n---\nx\n"
    )
    assert not made.build().failed
    assert leaks(made, printed(made, "news/n/"), TOKEN) == []


def test_a_translated_name_does_not_take_the_place_of_the_name(make: Make) -> None:
    """Who is credited by name alone has in each language the name that is written there."""
    made = make(
        f"{SITE}languages: [en, es]\n-- members/nq.yaml --\nname: Nan Quill\nlisted: name-only\n"
        "-- members/nq.es.yaml --\nname: Nana Quill\n"
        "-- resources/r.yaml --\ntitle: R\nauthors: nq\nurl: https://e.example/\n"
        "-- resources/r.es.yaml --\ntitle: R\n"
    )
    assert not made.build().failed
    assert "Nan Quill" in made.read("resources/r/index.html")
    assert "Nana Quill" not in made.read("resources/r/index.html")


HAS = "-- events/e.yaml --\ntitle: E\nstart: 2026-12-01\n"
BROKEN = (
    "-- members/zq.yaml --\nname: Quokka van Okafor\nlisted: no\nlisted: no\naliases: [old-quokka]\n",
    "-- members/zq.yaml --\nname: Quokka van Okafor\naliases:\n- old-quokka\nlisted: no\nbio: [\n",
)


@pytest.mark.parametrize(
    "text",
    [
        f"-- members/ada.yaml --\nname: Ada Okafor\n{HAS}speakers: ['Ada Okafor and Quokka van Okafor']\n",
        f"{HAS}links: {{Quokka van Okafor: https://e.example/}}\n",
        f"{HAS}organizers: [old-quokka, nobody-else]\n",
        *(f"{each}{HAS}organizers: [old-quokka]\n" for each in BROKEN),
    ],
)
def test_other_mistakes_name_nobody(make: Make, text: str) -> None:
    """What else is wrong where somebody unlisted is named is told without an excerpt, even if the profile is broken."""
    made = make(f"{SITE}{HIDDEN_PROFILE}{text}")
    said = printed(made)
    assert b"error" in said or b"warning" in said
    assert TOKEN.encode() not in said.lower()


@pytest.mark.parametrize(
    "text",
    [
        "redirects: {/zqx/: /members/zq/}",
        "redirects: {/old-quokka/: /members/}",
        "redirects: {/people/quokka-van-okafor/: /members/}",
        "vocabulary: {groups: [Quokka van Okafor, Quokkas]}",
        "netlify: {headers: {/*: {X-By: Quokka van Okafor}}}",
        "-- pages/it.md --\n---\ntitle: It\n---\nAsk [them](/members/zq/).",
        "-- pages/it.md --\n---\ntitle: It\n---\nAsk [them](/members/old-quokka/).",
        "-- pages/quokka-van-okafor.md --\n---\ntitle: It\n---\n",
    ],
)
def test_an_address_tells_of_somebody_unlisted(make: Make, text: str) -> None:
    """An address, a header or a word of the site that leads to somebody unlisted is warned of, and not repeated."""
    made = make(f"{SITE}{text}\n{HIDDEN_PROFILE}")
    said = made.messages()
    assert "this text names somebody who is not listed" in said
    assert TOKEN not in said.replace("pages/quokka-van-okafor.md", "").lower()


def test_a_name_in_the_words_of_somebody_else_is_no_credit(make: Make) -> None:
    """Only where the name itself is the credit do pages show "a member"; else it is said that everybody can read it."""
    made = make(f"{SITE}{HIDDEN_PROFILE}{HAS}speakers: {{name: Joe, bio: Knows Quokka van Okafor.}}\n")
    assert "everybody can read it" in made.messages()
    made.write(f"{HAS}speakers: [Joe, Quokka van Okafor]\n")
    assert "pages show: a member" in made.messages()


def test_a_message_that_would_name_somebody(make: Make) -> None:
    """What a message itself would repeat of a name is said without it."""
    skills = "-- members/{0}.yaml --\nname: {0}\nskills: [Quokka{1}van{1}Okafor knots]\n"
    made = make(f"{SITE}{HIDDEN_PROFILE}{skills.format('ada', '-')}{skills.format('bo', ' ')}")
    said = made.messages()
    assert "the name of somebody who is not listed stands here" in said
    assert TOKEN not in said.lower()


def test_an_old_id_of_a_draft_names_nobody(make: Make) -> None:
    """Whoever is credited by an old id is not published either while the profile is a draft."""
    made = make(
        f"{SITE}-- members/dq.yaml --\nname: D\naliases: dq-old\ndraft: yes\n"
        "-- resources/r.yaml --\ntitle: R\nauthors: [dq-old]\nurl: https://e.example/\n"
    )
    report = made.build()
    assert not report.failed
    assert [each.message for each in report.problems if each.severity is Severity.WARNING] == [
        "the profile of this member is not published"
    ]


# --- Private things in public texts

OWNER = "-- members/ada-okafor.yaml --\nname: Ada Okafor\nemail: ada.o@example.com\nphone: +47 48 15 16 23\n"
BEARERS = {
    "members/bo-lund.yaml": "name: Bo Lund\nbio: |\n  Rings.\n\n  {0}\n",
    "members/cy-dahl.md": "---\nname: Cy Dahl\n---\n\nRings.\n\n{0}\n",
    "events/agm.md": "---\ntitle: AGM\nstart: 2026-12-01\n---\n{0}\n",
    "events/party.yaml": "title: Party\nstart: 2026-12-01\nvenue: {{name: Hall, directions: '{0}'}}\n",
    "events/walk.yaml": "title: Walk\nstart: 2026-12-01\nspeakers: [{{name: Di Roth, bio: '{0}'}}]\n",
}
WRITTEN = (
    "ada.o@example.com",
    "ada.**o**@example<b>.com</b>",
    "ADA.O@Example.Com.",
    "<ada.o@example.com>",
    "**ada.o@example.com**",
    "[Ada](mailto:ada.o@example.com?subject=x)",
    "ada.o&#64;example.com",
    "ada.o%40example.com",
    "https://example.org/?to=ada.o%40example.com",
    "ada.o\\@example.com",
    "ada\u00ad.o@example\u200b.com",
    "48151623",
    "48 15 16 23",
    "0047 48151623",
    "(+47) 48.15.16.23",
    "48\u00a015\u202f16\u201123",
    "tel:+4748151623",
    "https://wa.me/4748151623",
    "+47 48 15 16 23 (9-17)",
)


@pytest.mark.parametrize("path", BEARERS)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_private_address_in_a_public_text(make: Make, path: str, written: str) -> None:
    """However a private address or number is written in somebody else's text, it is an error that repeats nothing."""
    made = make(SITE + OWNER)
    made.put(path, BEARERS[path].format(written).encode())
    said = printed(made)
    assert re.search(rf"{path}:\d+:\d+: error: a member keeps this address or number private", said.decode())
    assert leaks(made, said, "ada.o@example.com", "48151623", "48 15 16 23", written) == []
    assert not made.options.output.exists()


OTHER_BEARERS = (
    "-- groups/oslo.md --\n---\ntitle: Oslo\n---\n{0}\n",
    "-- groups/oslo.yaml --\ntitle: Oslo\nmeets: '{0}'\n",
    "-- groups/oslo.yaml --\ntitle: Oslo\njoin: 'Write to {0}'\n",
    "-- groups/oslo.yaml --\ntitle: Oslo\nleads: [{{name: Di Roth, bio: '{0}'}}]\n",
    "-- organizations/loom.yaml --\nname: Loom\ndescription: '{0}'\n",
    "-- organizations/loom.yaml --\nname: Loom\nalso_known_as: '{0}'\n",
    "-- opportunities/job.md --\n---\ntitle: Job\ntype: job\n---\n{0}\n",
    "-- opportunities/job.yaml --\ntitle: Job\ntype: job\norganization: 'Ask {0}'\n",
    "-- opportunities/job.yaml --\ntitle: Job\ntype: job\nlocation: '{0}'\n",
    "-- opportunities/job.yaml --\ntitle: Job\ntype: job\ncontact: {{name: Di Roth, role: '{0}'}}\n",
    "-- resources/oil.yaml --\ntitle: Oil\nlevel: '{0}'\n",
    "-- resources/oil.yaml --\ntitle: Oil\nauthors: [{{name: Di Roth, bio: '{0}'}}]\n",
    "-- news/moved.md --\n---\ntitle: Moved\ndate: 2026-11-01\n---\n{0}\n",
    "-- pages/about.md --\n---\ntitle: About\n---\n{0}\n",
    "-- pages/about.yaml --\ntitle: About\nnavigation: 'Write to {0}'\n",
    "-- pages/events.md --\n---\ntitle: Events\n---\n{0}\n",
    "-- members/bo-lund.yaml --\nname: Bo Lund\noffers: {{topic: A talk, note: '{0}'}}\n",
    "-- members/bo-lund.yaml --\nname: Bo Lund\norganization: 'The Loom, {0}'\n",
    "-- members/bo-lund.yaml --\nname: Bo Lund\norganizations: [{{organization: The Loom, role: '{0}'}}]\n",
    "-- events/party.yaml --\ntitle: Party\nstart: 2026-12-01\nsponsors: 'The Loom, {0}'\n",
    "-- events/party.yaml --\ntitle: Party\nstart: 2026-12-01\nresources: [{{title: 'Ask {0}'}}]\n",
)


@pytest.mark.parametrize("text", OTHER_BEARERS)
@pytest.mark.parametrize("written", ["ada.o@example.com", "48 15 16 23"])
def test_a_private_address_in_a_text_of_any_kind(make: Make, text: str, written: str) -> None:
    """The texts of every kind are looked through, those of what is referred to, too."""
    told = make(SITE + OWNER + text.format(written)).messages()
    assert "error: a member keeps this address or number private" in told
    assert written not in told


@pytest.mark.parametrize(
    "text",
    [
        "-- members/bo-lund.yaml --\nname: Bo Lund\nlinks: {website: https://wa.me/4748151623}\n",
        "-- members/bo-lund.yaml --\nname: Bo Lund\nlinks: {Write to ada.o@example.com: https://example.org/}\n",
        "-- events/agm.yaml --\ntitle: Write to ada.o@example.com\nstart: 2026-12-01\n",
        "-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\nurl: https://wa.me/4748151623\n",
        "-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\nonline: https://example.org/?ada.o@example.com\n",
        "-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\nregistration: https://example.org/?ada.o@example.com\n",
        "-- members/ada-okafor.yaml --\nname: Ada\nemail: ada.o@example.com\nbio: ada.o@example.com\n",
    ],
)
def test_a_private_address_in_a_link_or_a_title(make: Make, text: str) -> None:
    """Titles, links and the member's own bio are public texts too."""
    made = make(SITE + OWNER + text)
    assert "a member keeps this address or number private" in made.messages()
    assert not says(made.messages().encode(), "ada.o@example.com")
    assert not says(made.messages().encode(), "48151623")


@pytest.mark.parametrize(
    "field",
    [
        "description: Write to {0}.",
        "tagline: Write to {0}",
        "social: {{Write to {0}: https://example.org/}}",
        "footer: Write to {0}",
        "navigation: {{Write to {0}: /members/}}",
        "navigation: [{{label: Write, url: 'https://example.org/?{0}'}}]",
    ],
)
@pytest.mark.parametrize("written", ["ada.o@example.com", "48 15 16 23"])
def test_a_private_address_in_site_yaml(make: Make, field: str, written: str) -> None:
    """So are the texts of site.yaml; the office's own address may be a member's."""
    made = make(SITE + OWNER)
    made.write(SITE.rstrip() + "\n" + field.format(written) + "\n")
    said = printed(made)
    assert b"site.yaml:5:" in said
    assert b": error: a member keeps this address or number private" in said
    assert leaks(made, said, written) == []
    made.write(SITE.replace("office@example.org", "ada.o@example.com"))
    assert made.messages() == ""


@pytest.mark.parametrize(
    "text",
    [
        "-- members/bo-lund.yaml --\nname: Bo Lund\nbio: o@example.com, ada.o@example.org, 48151624, 2026-12-01\n",
        "-- members/bo-lund.yaml --\nname: Bo Lund\nemail: ada.o@example.com\npublic: email\nbio: ada.o@example.com\n",
        "-- members/bo-lund.yaml --\nname: Bo Lund\ndraft: yes\nbio: ada.o@example.com\n",
        "-- members/bo-lund.yaml --\nname: Bo Lund\nextra: ada.o@example.com\n",
    ],
)
def test_what_is_no_private_address(make: Make, text: str) -> None:
    """Another address, one that somebody else makes public, and what is not published are nobody's secret."""
    assert make(SITE + OWNER + text).messages() == ""


def test_a_draft_makes_nothing_public(make: Make) -> None:
    """What a draft would show does not let others show it."""
    made = make(SITE + OWNER)
    made.write("-- members/bo-lund.yaml --\nname: Bo\ndraft: yes\nemail: ada.o@example.com\npublic: email\n")
    made.write("-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\nsummary: ada.o@example.com\n")
    assert "events/agm.yaml:3:10: error: a member keeps this address" in made.messages()


@pytest.mark.parametrize("path", ["members/unready.yaml", "members/nobody.yaml"])
def test_addresses_of_the_unpublished_are_private(make: Make, path: str) -> None:
    """The address of somebody unlisted, and of somebody who is published later, may not stand in a text either."""
    hidden = "listed: no" if "nobody" in path else "publish_date: 2026-12-24"
    made = make(SITE + f"-- {path} --\nname: Ada Okafor\n{hidden}\nemail: ada.o@example.com\n")
    made.write("-- events/agm.yaml --\ntitle: AGM\nstart: 2026-12-01\nsummary: ada.o@example.com\n")
    assert "events/agm.yaml:3:10: error: a member keeps this address" in made.messages()


# --- Pictures


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_what_it_says(make: Make, form: str) -> None:
    """Where a photo was taken, by what, and what was written into it is not published: the picture alone is."""
    made = make(SITE + f"-- members/ada-okafor.yaml --\nname: Ada Okafor\nphoto: ada.{form.lower()}\n")
    image = Image.open(io.BytesIO(picture(TOKEN)))
    data = io.BytesIO()
    image.save(data, form, exif=image.getexif(), comment=TOKEN)
    assert says(data.getvalue(), TOKEN)
    made.put(f"members/ada.{form.lower()}", data.getvalue())
    said = printed(made, "members/ada-okafor/")
    assert leaks(made, said, TOKEN) == []
    with Image.open(made.options.output / f"members/ada-okafor/ada.{form.lower()}") as published:
        assert published.size == (8, 8)
        assert dict(published.getexif()) == {}
        assert not published.getexif().get_ifd(0x8825)


# --- The parts

KEY, OTHER_KEY = b"a key", b"another key"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ada@example.org", "ADA@Example.ORG ", True),
        ("ada@example.org", "ada@example.com", False),
        ("+47 22 11 22 33", "0047 (22) 11-22-33", True),
        ("+47 22 11 22 33", "22112233", True),
        ("+44 20 7946 0991", "020 7946 0991", True),
        ("+47 22 11 22 33", "22 11 22 34", False),
    ],
)
def test_address(one: str, other: str, *, same: bool) -> None:
    """Spellings of an address or a number have one digest; another key gives another."""
    assert (privacy.address(KEY, one) == privacy.address(KEY, other)) == same
    assert privacy.address(KEY, one) != privacy.address(OTHER_KEY, one)


@given(st.text(), st.text())
def test_keyed(one: str, other: str) -> None:
    """Digests are the same for the same text and key alone, and have 16 bytes."""
    assert (privacy.keyed(KEY, one) == privacy.keyed(KEY, other)) == (one == other)
    assert len(privacy.keyed(KEY, one)) == 16


@given(st.text(max_size=300))
def test_texts_are_read_to_the_end(text: str) -> None:
    """Whatever stands in a text, looking through it ends and finds the address that stands after it."""
    texts = ((("bio", 0), f"{text} ada@example.org"),)
    assert privacy.Mention(privacy.address(KEY, "ada@example.org"), ("bio", 0)) in privacy.mentions(KEY, texts)
    assert all(path == ("bio", 0) for path in privacy.passcodes(texts))


@pytest.mark.parametrize(
    "text", ["a" * 100_000 + "@", "1 " * 50_000, "a@" * 50_000, "a.b-c@" * 20_000, "&#64;" * 20_000]
)
def test_texts_are_read_soon(text: str) -> None:
    """No text is slow to look through."""
    assert len(privacy.mentions(KEY, ((("bio",), text),))) < 100


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://zoom.example/j/1?pwd=x", True),
        ("https://zoom.example/j/1?a=b&pwd=x", True),
        ("https://zoom.example/j/1?a=b&amp;pwd=x", True),
        ("https://zoom.example/j/1#passcode=x", True),
        ("Passcode: 1234", True),
        ("the passcode is 1234", True),
        ("PASSWORD: swordfish", True),
        ("https://zoom.example/j/1", False),
        ("Bring your passport: it is checked.", False),
        ("The passcode is", False),
        ("Passwords and how to choose them", False),
    ],
)
def test_passcodes(text: str, *, told: bool) -> None:
    """What lets anybody into a meeting is noticed, in an address or in words."""
    assert list(privacy.passcodes(((("online", "url"), text),))) == ([("online", "url")] if told else [])


WATCH = privacy.watch(KEY, ("ada-okafor", "Ada Okafor", "Zoë Łukasz-Ek", "大西千鶴", "Madonna"))


@pytest.mark.parametrize(
    ("text", "watched"),
    [
        ("ada-okafor", True),
        ("Ada Okafor", True),
        ("ADA  okafor", True),
        ("Zoe Łukasz Ek", True),
        ("大西千鶴", True),
        ("madonna", True),
        ("Ada", False),
        ("ada-okafo", False),
        ("Ada Okafor Ek", False),
        ("", False),
    ],
)
def test_is_watched(text: str, *, watched: bool) -> None:
    """A reference means somebody unlisted by id or by name, whatever its case and accents."""
    assert privacy.is_watched(KEY, WATCH, text) == watched
    assert not privacy.is_watched(OTHER_KEY, WATCH, text)
    assert not privacy.is_watched(KEY, Watch(), text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("With Ada Okafor, of Lagos", True),
        ("Ada Okafor's clocks", True),
        ("*Ada\nOkafor*", True),
        ("_Ada Okafor_", True),
        ("Ada&nbsp;Okafor", True),
        ("[Ada Okafor](https://example.org/)", True),
        ("ada okafor", True),
        ("Zoë Łukasz-Ek and others", True),
        ("講師は大西千鶴さんです", True),
        ("Ada Ek and Bo Okafor", False),
        ("Ada and Okafor", False),
        ("Adaokafor", False),
        ("大西鶴", False),
        ("", False),
    ],
)
def test_named(text: str, *, names: bool) -> None:
    """A text names somebody unlisted where all the words of the name stand in a row."""
    texts = ((("summary",), "nobody"), (("bio", 2), text))
    assert list(privacy.named(KEY, WATCH, texts)) == ([("bio", 2)] if names else [])
    assert list(privacy.named(OTHER_KEY, WATCH, texts)) == []


def test_a_name_that_is_not_shaped_like_an_id_is_watched() -> None:
    """Where no id is watched, names are."""
    assert privacy.is_watched(KEY, privacy.watch(KEY, ("Ada Okafor",)), "Ada Okafor")


def test_merged() -> None:
    """Who watches for several people notices each of them."""
    both = privacy.merged((privacy.watch(KEY, ("ada", "Ada Okafor")), privacy.watch(KEY, ("bo", "Bo van der Ek"))))
    assert all(privacy.is_watched(KEY, both, each) for each in ("ada", "Ada Okafor", "bo", "Bo van der Ek"))
    assert list(privacy.named(KEY, both, [((), "Bo van der Ek")])) == [()]
    assert privacy.merged(()) == Watch()


@pytest.mark.parametrize(
    ("attendees", "shown"),
    [("ada", set()), ("Ada", {"Ada"}), ("[ada-berg, Ada, ada-berg]", {"Ada"}), ("Bo", set()), ("Bo Ek", {"Bo Ek"})],
)
def test_who_takes_part_is_who_is_meant(make: Make, attendees: str, shown: set[str]) -> None:
    """An id is one member's, a name another's: who has not agreed is not taken for somebody else who has."""
    made = make(
        SITE
        + f"""
-- members/ada.yaml --
name: Ada Okafor
-- members/ada-berg.yaml --
name: Ada
public: attendance
-- members/bo.yaml --
name: Bo Ek
public: attendance
-- events/agm.yaml --
title: Annual meeting
start: 2026-12-01 18:00
attendees: {attendees}
"""
    )
    assert not made.build().failed
    page = made.read("events/agm/index.html")
    assert {name for name in ("Ada Okafor", "Ada", "Bo Ek") if f">{name}<" in page} == shown
    assert page.count(">Ada<") <= 1
