// Moments as this person sees them: their zone, their locale.

import { me, state } from "./state.js";

const formats = new Map();
function known(locale) {
  try {
    return Intl.getCanonicalLocales((locale || "en-GB").replace("_", "-"))[0];
  } catch {
    return "en-GB";
  }
}

function format(options, zone = me()?.tz || "UTC", locale = known(me()?.locale)) {
  const key = JSON.stringify([options, zone, locale]);
  if (!formats.has(key)) {
    let made;
    // A 24-hour day has four digits, 04:00; a 12-hour one has not, 4:00 am.
    const twelve = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12;
    if (options.hour === "numeric" && !twelve) options = { ...options, hour: "2-digit" };
    try {
      made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    } catch {
      made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
    }
    formats.set(key, made);
  }
  return formats.get(key);
}

const shown = (seconds, options, zone) => format(options, zone).format(new Date(seconds * 1000));
export const time = (s, zone) => shown(s, { hour: "numeric", minute: "2-digit" }, zone);
export const weekdayTime = (s, zone) => shown(s, { weekday: "short", hour: "numeric", minute: "2-digit" }, zone);
export const dayTime = (s) => shown(s, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
export const full = (s) => shown(s, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" });
export const dayMonth = (s) => shown(s, { weekday: "short", day: "numeric", month: "short" });
export const shortDate = (s) => shown(s, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const day = (s) => format({ year: "numeric", month: "2-digit", day: "2-digit" }, undefined, "en-CA").format(new Date(s * 1000));
export const city = (zone) => (zone || "UTC").split("/").at(-1).replaceAll("_", " ");

/** The workspace's now, in seconds since 1970. */
export function now() {
  const clock = state.screen?.clock;
  if (!clock) return Date.now() / 1000;
  return clock.now + ((performance.now() - clock.heard) / 1000) * clock.runs;
}

function pretty(seconds) {
  const apart = { [day(now())]: "Today", [day(now() - 86400)]: "Yesterday", [day(now() + 86400)]: "Tomorrow" };
  return apart[day(seconds)] || "";
}

/** The heading over a day's messages. */
export function dayHeading(seconds) {
  const sameYear = shown(seconds, { year: "numeric" }) === shown(now(), { year: "numeric" });
  return pretty(seconds) || shown(seconds, { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}
export const today = () => day(now());
export const sameDay = (a, b) => day(a) === day(b);

const TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** `<!date^stamp^form|fallback>`: the form with its tokens filled in. */
export function slackDate(stamp, form, fallback) {
  const seconds = Number(stamp);
  if (!Number.isFinite(seconds)) return fallback;
  return form.replace(/\{(\w+)\}/g, (token, name) => {
    const plain = name.replace(/_pretty$/, "");
    if (!TOKENS[plain]) return token;
    if (name !== plain) {
      const near = pretty(seconds);
      if (near) return near.toLowerCase();
    }
    if (plain === "date_num") return day(seconds);
    return shown(seconds, TOKENS[plain]);
  });
}

/** A moment as an <input type=datetime-local> wants it, on the person's own watch. */
export function localInput(seconds) {
  if (!seconds) return "";
  const parts = Object.fromEntries(
    format({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, undefined, "en-CA")
      .formatToParts(new Date(seconds * 1000))
      .map((p) => [p.type, p.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}
