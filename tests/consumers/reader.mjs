// Reads one request a line, {as, text}, and answers one line: what the named program made of it.
import { createRequire, register } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [modules] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const from = (path) => import(pathToFileURL(join(modules, "node_modules", path)).href);

register("./resolving.mjs", import.meta.url);
console.log = () => {}; // TimelineJS talks; standard output is for answers
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<!doctype html><body>", { url: "http://localhost/" });
Object.assign(globalThis, {
  window,
  document: window.document,
  DOMParser: window.DOMParser,
  Element: window.Element,
  getComputedStyle: window.getComputedStyle,
  XMLHttpRequest: window.XMLHttpRequest,
});
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });

const { TimelineConfig } = await from("@knight-lab/timelinejs/src/js/core/TimelineConfig.js");
const { lookupMediaType } = await from("@knight-lab/timelinejs/src/js/media/MediaType.js");
const ICAL = (await from("ical.js/dist/ical.js")).default;

const shown = (html) => {
  const body = new window.DOMParser().parseFromString(html, "text/html").body;
  const elements = [...body.querySelectorAll("*")];
  return {
    text: body.textContent,
    elements: [...new Set(elements.map((each) => each.localName))].sort(),
    attributes: [...new Set(elements.flatMap((each) => each.getAttributeNames()))].sort(),
    links: elements.filter((each) => each.href).map((each) => each.href),
  };
};

const slide = (each) => ({
  unique_id: each.unique_id,
  start: each.start_date && parts(each.start_date),
  end: each.end_date && parts(each.end_date),
  display_date: each.display_date,
  group: each.group,
  headline: shown(each.text.headline),
  text: shown(each.text.text),
  media: each.media && {
    type: lookupMediaType(each.media).type,
    url: each.media.url,
    credit: shown(each.media.credit ?? "").text,
    elements: shown(`${each.media.credit ?? ""}${each.media.caption ?? ""}`).elements,
  },
});

const parts = ({ data }) => {
  const { year, month, day } = data;
  const at = data.date_obj;
  const there = at instanceof Date ? [at.getFullYear(), at.getMonth() + 1, at.getDate()] : [at.year];
  return { year, month, day, there };
};

const readers = {
  timelinejs(text) {
    const config = new TimelineConfig(JSON.parse(text));
    config.validate();
    return {
      errors: config.messages.errors.map(String),
      scale: config.scale,
      title: config.title && slide(config.title),
      events: config.events.map(slide),
    };
  },
  ics(text) {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const value = (component, name) => component.getFirstPropertyValue(name)?.toString() ?? null;
    return {
      name: value(calendar, "x-wr-calname"),
      events: calendar.getAllSubcomponents("vevent").map((each) => {
        const event = new ICAL.Event(each);
        return {
          uid: event.uid,
          sequence: event.sequence,
          start: event.startDate.toString(),
          all_day: event.startDate.isDate,
          days: event.duration.toSeconds() / 86400,
          summary: event.summary,
          description: event.description,
          status: value(each, "status"),
          edtf: value(each, "x-edtf"),
          url: value(each, "url"),
        };
      }),
    };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { as, text } = JSON.parse(line);
  let answer;
  try {
    answer = { read: readers[as](text) };
  } catch (error) {
    answer = { failed: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
