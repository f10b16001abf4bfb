// What is right by the visitor's clock, without a new build: what is over leaves and what comes next takes its place, how
// long it is until then, and the hours in the visitor's own zone. Moments are in seconds since 1970:
//
//   data-from, data-until    it is there from this moment on, and before that one; with data-from it begins as hidden
//   data-begins, data-ends   when an event is; data-zone is that of its own clock, data-days says that it has no hours
//   .soon                    gets "today", "in 3 days", "now"
//   .hours                   says in its title, and in the .yours inside, what the visitor's clock shows then
//
// All words are those of Intl but for data-yours of the script: "{time} in your time zone".

const language = document.documentElement.lang;
const words = document.querySelector("script[data-yours]").dataset.yours;
const moments = document.querySelectorAll("[data-from], [data-until]");
const soon = document.querySelectorAll(".soon");
const DAY = 864e5;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

// A formatter takes longer to make than all that it formats on a page, so there is one of each.
const made = new Map();
const formatter = (locale, options) => {
  const key = JSON.stringify([locale, options]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale, options));
  return made.get(key);
};

// The day that a clock shows, as a number that grows by one from day to day.
const dayOf = (moment, timeZone) => {
  const parts = formatter("en", { timeZone, year: "numeric", month: "numeric", day: "numeric" })
    .formatToParts(moment).map((part) => [part.type, Number(part.value)]);
  const { year, month, day } = Object.fromEntries(parts);
  return Date.UTC(year, month - 1, day) / DAY;
};

// How long it is until then, by the days of the event's own clock; nothing when it is over.
const left = ({ begins, ends, zone, days }, now) => {
  const away = dayOf(begins * 1e3, zone) - dayOf(now, zone);
  if (now >= ends * 1e3) return "";
  if (away > 60) return relative.format(Math.round(away / 30.44), "month");
  if (away > 20) return relative.format(Math.round(away / 7), "week");
  const whole = days !== undefined && dayOf(ends * 1e3 - 1, zone) - dayOf(begins * 1e3, zone) < 1;
  if (away > 0 || whole || now < begins * 1e3) return relative.format(away, "day");
  return relative.format(0, "second");
};

// The hours by the visitor's clock, with the day where that is another one; nothing where both clocks show the same.
const yours = ({ begins, ends, zone }) => {
  const first = new Date(begins * 1e3), last = new Date((ends ?? begins) * 1e3);
  const shown = (timeZone) =>
    [first, last].map((each) => formatter("en", { timeZone, dateStyle: "short", timeStyle: "short" }).format(each)).join();
  if (shown(zone) === shown()) return "";
  const other = dayOf(first) !== dayOf(first, zone) || dayOf(first) !== dayOf(last);
  const day = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
  const format = formatter(language, other ? day : { timeStyle: "short" });
  const time = ends ? format.formatRange(first, last) : format.format(first);
  return words.replace("{time}", time);
};

const show = () => {
  const now = Date.now();
  for (const each of moments) {
    const { from = 0, until = Infinity } = each.dataset;
    each.hidden = now < from * 1e3 || (now >= until * 1e3 && !each.matches(":target"));
  }
  for (const each of soon) {
    each.textContent = left(each.dataset, now);
    each.hidden = !each.textContent;
  }
};

for (const each of document.querySelectorAll(".hours")) {
  const text = yours(each.dataset), own = each.querySelector(".yours");
  if (text) each.title = text;
  if (own) {
    own.textContent = text && `(${text})`;
    own.hidden = !text;
  }
}
show();
setInterval(show, 3e4);
document.addEventListener("visibilitychange", show);
