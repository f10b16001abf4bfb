"""Skills: who knows what."""

from collections.abc import Iterator

from sitegen.model import Counted, Link, face
from sitegen.plan import Collection, Section
from sitegen.site import Site

SKILLS = Link("Skills", "/skills/")


def collections(site: Site) -> Iterator[Collection]:
    """``/skills/`` and ``/skills/<slug>/``, where any member has one."""
    if not site.skills:
        return
    links = tuple(face(Counted(each.topic.label, each.url, len(each.entries))) for each in site.skills)
    yield Collection(
        url=SKILLS.url, title=SKILLS.title, template="skills.html", sections=(Section("skills", links, len(links)),)
    )
    for each in site.skills:
        yield Collection(
            url=each.url,
            title=each.topic.label,
            template="skill.html",
            entries=each.entries,
            parents=(SKILLS,),
            page_size=site.config.page_size,
        )
