// The dates of calendars as ical.js, Mozilla's library, expands them: https://github.com/kewisch/ical.js
//
// Reads a list of calendars in JSON from standard input; prints for each a list of the dates of its only event up to a
// moment: the start that the series has for it, when it begins and ends (in seconds since 1970, or a day), and its
// status.
// SITEGEN_NODE_MODULES is the folder in which ical.js is installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const path = createRequire(join(process.env.SITEGEN_NODE_MODULES, "any.js")).resolve("ical.js");
const { default: ICAL } = await import(pathToFileURL(path));

function expanded(text, last) {
  ICAL.TimezoneService.reset(); // the rules of a zone are those of this calendar alone
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const parts = calendar.getAllSubcomponents("vevent");
  const [series] = parts.filter((part) => !part.hasProperty("recurrence-id"));
  if (!series.hasProperty("rrule")) {
    // DTSTART is the first date (RFC 5545, section 3.8.5.2); ical.js passes over it where there are RDATEs alone.
    series.addPropertyWithValue("rdate", series.getFirstPropertyValue("dtstart").clone());
  }
  const exceptions = parts.filter((part) => part.hasProperty("recurrence-id"));
  const event = new ICAL.Event(series, { strictExceptions: true, exceptions });
  const dates = [];
  const iterator = event.iterator();
  for (let each = iterator.next(); each && each.toUnixTime() <= last; each = iterator.next()) {
    const { startDate, endDate, item } = event.getOccurrenceDetails(each);
    const status = item.component.getFirstPropertyValue("status");
    dates.push([each.toString(), moment(startDate), moment(endDate), status]);
  }
  return dates;
}

function moment(time) {
  return time.isDate ? time.toString() : time.toUnixTime();
}

const { calendars, last } = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(calendars.map((text) => expanded(text, last))));
