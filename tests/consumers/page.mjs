// Runs the script of a page as a browser would, over the DOM of jsdom, with an EventSource of the
// standard. After every change it prints what the list shows: the text of each item by its id.
//     node page.mjs MODULES PAGE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, file] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { JSDOM } = require("jsdom");
const { EventSource } = require("eventsource");

const { window } = new JSDOM(readFileSync(file, "utf8"));
const { document } = window;
const list = document.querySelector("ol");
const show = () =>
  console.log(JSON.stringify(Object.fromEntries([...list.children].map((li) => [li.id, li.textContent]))));
new window.MutationObserver(show).observe(list, { childList: true, subtree: true, characterData: true });

Object.assign(globalThis, { document, EventSource, location: { reload: () => process.exit(3) } });
const script = document.querySelector("script[type=module]").textContent;
await import(`data:text/javascript,${encodeURIComponent(script)}`);
