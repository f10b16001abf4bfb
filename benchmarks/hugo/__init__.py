"""The same association for Hugo: its content from that of sitegen, and layouts of the same richness beside this file.

What sitegen reckons from the content stands in Hugo's front matter: initials, years and months as taxonomies, the hours
of an event with its zone, and towns. Of repetition Hugo knows nothing: an event is there once.
"""

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

HERE = Path(__file__).parent
ASSETS = ("style.css", "page.js", "icon.svg")


def write(project: Path, hugo: Path, theme: Path) -> None:
    """Write Hugo's folder for the content of a project; ``theme`` are the static files of the theme."""
    shutil.copytree(HERE / "layouts", hugo / "layouts")
    shutil.copy(HERE / "hugo.yaml", hugo)
    (hugo / "static" / "assets").mkdir(parents=True)
    for name in ASSETS:
        shutil.copy(theme / name, hugo / "static" / "assets")
    for kind, make in (("members", member), ("events", event), ("groups", group)):
        folder = hugo / "content" / kind
        folder.mkdir(parents=True)
        for file in sorted((project / "content" / kind).iterdir()):
            front, body = make(file.stem, *parts(file))
            path = folder / (f"{file.stem}/_index.md" if kind == "groups" else f"{file.stem}.md")
            path.parent.mkdir(exist_ok=True)
            path.write_text(page(front, body), "utf-8")
        (folder / "_index.md").write_text(page({"title": kind.title()}, ""), "utf-8")
    for name, front in (
        ("speakers", {"title": "Speakers", "cascade": {"build": {"render": "never"}}, "build": {"render": "never"}}),
        ("exchange", {"title": "Exchange", "layout": "exchange"}),
        ("search", {"title": "Search"}),
    ):
        (hugo / "content" / name).mkdir()
        (hugo / "content" / name / "_index.md").write_text(page(front, ""), "utf-8")


def parts(file: Path) -> tuple[dict[str, Any], str]:
    """The fields of a file of sitegen's, and its text."""
    text = file.read_text("utf-8")
    front, body = text.split("---\n", 2)[1:] if file.suffix == ".md" else (text, "")
    fields: dict[str, Any] = yaml.load(front, yaml.CBaseLoader)  # noqa: S506 - it makes nothing but text
    return fields, body or fields.pop("bio", "")


def page(front: Mapping[str, Any], body: str) -> str:
    """A file of Hugo's."""
    return f"---\n{yaml.safe_dump(dict(front), allow_unicode=True, sort_keys=False)}---\n{body}"


def member(ident: str, fields: dict[str, Any], body: str) -> tuple[dict[str, Any], str]:
    """A member: taxonomies as lists, and what a template would have to reckon."""
    town, country = fields["location"].split(", ")
    name = fields["name"]
    front: dict[str, Any] = {
        "id": ident,
        "title": name,
        "date": fields["joined"],
        "initials": "".join(each[0] for each in name.split()[:2]),
        "organizations": [fields["organization"]],
        "places": [country],
        "towns": [town],
        **{key: fields[key].split(", ") for key in ("skills", "interests", "tags", "languages")},
        "seeks": [fields["seeks"]],
        "ask_me_about": [fields["ask_me_about"]],
        **{key: fields[key] for key in ("headline", "role", "location", "links", "offers", "groups") if key in fields},
        **({"email": fields["email"]} if fields.get("public") else {}),
    }
    return front, body


def event(ident: str, fields: dict[str, Any], body: str) -> tuple[dict[str, Any], str]:
    """An event, with its hours in words and its place in time."""
    del ident
    start = dt.datetime.strptime(fields["start"], "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(fields["timezone"]))
    end = start + dt.timedelta(hours=2)
    *_, town, country = fields["venue"].split(", ")
    sessions = []
    for index, each in enumerate(fields.get("sessions", ())):
        begins = start + dt.timedelta(minutes=15 * index)
        over = begins + dt.timedelta(minutes=15)
        hours = {"from": f"{begins:%Y-%m-%dT%H:%M}", "to": f"{over:%Y-%m-%dT%H:%M}", "begins": f"{begins:%-I:%M %p}"}
        sessions.append({"title": each["title"], "room": each["room"], **hours, "ends": f"{over:%-I:%M %p}"})
    front: dict[str, Any] = {
        "title": fields["title"],
        "date": start.isoformat(),
        "timezone": fields["timezone"],
        "zone": start.tzname(),
        "ends": f"{end:%Y-%m-%dT%H:%M}",
        "until": f"{end:%-I:%M %p}",
        "archive": [f"{start:%Y}"],
        "calendar": [f"{start:%Y-%m}"],
        "towns": [town],
        "places": [country],
        "tags": fields["tags"].split(", "),
        "speakers": fields["speakers"],
        **({"sessions": sessions} if sessions else {}),
        **{key: fields[key] for key in ("venue", "summary", "registration", "online") if key in fields},
    }
    return front, body


def group(ident: str, fields: dict[str, Any], body: str) -> tuple[dict[str, Any], str]:
    """A group: the page of a term."""
    del ident
    return {"title": fields["title"], "summary": fields["summary"], "leads": fields.get("leads", [])}, body
