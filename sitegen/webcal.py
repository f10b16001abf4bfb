"""Links by which people put an event into the calendar that they use on the web."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

from sitegen.model import Link, VEvent, When

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
OFFICE = "https://outlook.office.com/calendar/0/deeplink/compose"


def links(event: VEvent, when: When, address: str) -> Iterator[Link]:
    """Google, Outlook and Office 365; ``when`` is the date that is meant, ``address`` the page of the event in full.

    Other calendars (Apple, Thunderbird) take the .ics file.
    """
    details = "\n\n".join(filter(None, (event.description, address)))
    compact = "%Y%m%dT%H%M%SZ"
    if "T" in when.start:
        begin, end = (dt.datetime.fromtimestamp(each, dt.UTC) for each in (when.begins, when.over))
        dates, iso = f"{begin:{compact}}/{end:{compact}}", (f"{begin:%Y-%m-%dT%H:%M:%SZ}", f"{end:%Y-%m-%dT%H:%M:%SZ}")
    else:
        first = dt.date.fromisoformat(when.start)
        after = dt.date.fromisoformat(when.end or when.start) + dt.timedelta(days=1)
        dates, iso = f"{first:%Y%m%d}/{after:%Y%m%d}", (first.isoformat(), after.isoformat())
    google = {"action": "TEMPLATE", "text": event.summary, "dates": dates, "ctz": when.zone, "details": details}
    yield Link("Google", f"{GOOGLE}?{urlencode({**google, 'location': event.location})}")
    outlook = {"rru": "addevent", "subject": event.summary, "startdt": iso[0], "enddt": iso[1], "body": details}
    whole = {} if "T" in when.start else {"allday": "true"}
    query = urlencode({**outlook, "location": event.location, **whole})
    yield Link("Outlook", f"{OUTLOOK}?{query}")
    yield Link("Office 365", f"{OFFICE}?{query}")
