"""Reach: whoever is listed can be reached by what they made public, else through somebody who introduces them.

That is a lead of one of their groups, else the group, else the office of the association (section 6 of the content
contract).
"""

from collections.abc import Iterator

from sitegen.model import Entry, Frozen, VCard, shown
from sitegen.problems import At, Problem, Severity
from sitegen.site import Site


class Introducer(Frozen, frozen=True):
    """Who introduces a member, all of it public."""

    name: str
    url: str
    """The page of the lead, or the address at which a group is asked."""
    email: str = ""
    of: str = ""
    """The group that the lead is of; empty where it is the group itself that is asked."""


def has_address(entry: Entry) -> bool:
    """Somebody shows a mail address or a telephone number."""
    return entry.contact is not None and bool(entry.contact.email or entry.contact.phone)


def introducer(site: Site, entry: Entry) -> Introducer | None:
    """Who introduces a member that shows no address; None where nobody does, and the office is asked."""
    belongs = [
        site.listed[each.url]
        for each in site.referents.get((entry.ref, ""), ())
        if each.part == "groups" and not each.past and each.url in site.listed
    ]
    for group in belongs:
        for lead in site.referents.get((group.ref, ""), ()):
            card = site.listed.get(lead.url) if lead.part == "leads" else None
            email = shown(card.vcard, VCard).email if card and card.vcard and card.ref != entry.ref else ""
            if email:
                return Introducer(lead.name, lead.url, email, group.title)
    for group in belongs:
        if group.contact and (group.contact.email or group.contact.url):
            return Introducer(group.title, group.contact.url, group.contact.email)
    return None


def problems(site: Site, path: str) -> Iterator[Problem]:
    """Members whom nobody can reach, where site.yaml (``path``) names no office."""
    if site.config.email:
        return
    alone = sum(1 for each in site.members if not has_address(each) and introducer(site, each) is None)
    if alone:
        what = "a member cannot be reached" if alone == 1 else f"{alone:,} members cannot be reached"
        hint = "add email: the address of an office that introduces people"
        yield Problem(At(path, ("name",), key=True), what, hint, Severity.NOTE)
