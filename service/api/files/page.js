// What the page of a timeline does better with a script: sources in their place, filters without
// loading, keys, news as it comes. All that it shows is made by the service, and is there without
// it; addresses, forms and words are those of the templates.

const TOLD_AFTER = 1000; // milliseconds that news settles before it is told
const TYPED_FOR = 120; // milliseconds without another letter before a filter is asked for
const MARKED_FOR = 4000; // milliseconds that a changed event is marked, as in pages.css
const SHOWN_FOR = 6000; // milliseconds that a word to all is shown
const FIRST_WAIT = 5000; // milliseconds before a refused stream is asked for again, then twice that
const LONGEST_WAIT = 300000;
const LOOKED_FOR = 40; // rows below the reader's place of which one is still there after a change
const CHANGES = ["created", "updated", "merged", "split", "removed", "left"];
const ENDS = new Set(["merged", "split", "removed", "left"]);
// Filters that the stream knows: it refuses others, such as the order.
const HEARD = new Set(["q", "from", "to", "publisher", "lang", "kind", "status", "basis",
  "granularity", "min_sources", "min_confidence", "min_salience"]);

// --- What needs no page ---------------------------------------------------------------------------

/** The query of a form's names and values: without empty ones, several of one name by comma. */
export function queryOf(pairs) {
  const found = new Map();
  for (const [name, value] of pairs) {
    const said = String(value).trim();
    if (said) found.set(name, found.has(name) ? `${found.get(name)},${said}` : said);
  }
  if (found.get("order") === "date") found.delete("order"); // which it is anyway
  return new URLSearchParams([...found]).toString();
}

/** `search` without some names. */
export function without(search, ...names) {
  const left = [...new URLSearchParams(search)].filter(([name]) => !names.includes(name));
  return queryOf(left);
}

/** `address` with the query `search` and more parameters. */
export function addressed(address, search, more = {}) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query.size ? `${address}?${query}` : address;
}

/** Where the page's changes are told, beyond a revision that it knows. */
export function streamOf(path, search, since) {
  const heard = [...new URLSearchParams(search)].filter(([name, value]) => HEARD.has(name) && value);
  return addressed(`/v1${path}/stream`, queryOf(heard), { since });
}

/**
 * How many events are new, changed and gone for whoever sees `shown`; `seen` has the last change of
 * each event. What came and went unseen is none of them.
 */
export function tally(seen, shown) {
  const counts = { new: 0, changed: 0, gone: 0 };
  for (const [id, { type }] of seen) {
    if (ENDS.has(type)) counts.gone += shown(id) ? 1 : 0;
    else counts[shown(id) ? "changed" : "new"] += 1;
  }
  return counts;
}

/** A tally in words: "3 new, 1 changed"; empty when nothing is to be told. */
export function words(counts) {
  const said = Object.entries(counts).filter(([, count]) => count);
  return said.map(([word, count]) => `${count} ${word}`).join(", ");
}

/** The milliseconds until the next try, after `tries` that failed; `share` (0 to 1) spreads them. */
export function patience(tries, share) {
  return Math.min(FIRST_WAIT * 2 ** tries, LONGEST_WAIT) * (0.75 + share / 2);
}

/** Whether a key is meant for the page: nobody types, and no other key is held. */
export function isShortcut({ key, ctrlKey, altKey, metaKey, isComposing, repeat, target }) {
  if (ctrlKey || altKey || metaKey || isComposing || (repeat && !"jk".includes(key))) return false;
  return !target?.isContentEditable && !target?.closest?.("input, textarea, select, dialog");
}

// --- The page and its parts -----------------------------------------------------------------------

const one = (selector) => document.querySelector(selector);
const rowOf = (element) => element?.closest?.("li.event");
const row = (id) => {
  const found = id ? document.getElementById(id) : null;
  return found?.matches("li.event") ? found : null;
};
const rows = () => [...document.querySelectorAll("#list li.event")];
const folded = (event) => event.querySelector(":scope > details");
const isRow = (details) => details.parentElement === rowOf(details) && !details.matches(".said");
const summary = (event) => event.querySelector("summary");
const own = (event, selector) =>
  [...event.querySelectorAll(selector)].find((each) => rowOf(each) === event);
let shownUntil = 0;
const revision = () => Number(one("[data-revision]")?.dataset.revision ?? 0);

/** Say `text` to screen readers, and to all for a while where nothing else shows it. */
function tell(text, isShown = false) {
  const region = one("#told");
  clearTimeout(shownUntil);
  region.classList.toggle("unseen", !isShown);
  region.textContent = text;
  if (isShown) shownUntil = setTimeout(() => tell(""), SHOWN_FOR);
}

function busy(element, is) {
  if (is) element.setAttribute("aria-busy", "true");
  else element.removeAttribute("aria-busy");
}

/** A part of a page as a document of its own, in which nothing runs. */
async function part(address, signal) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
  const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
  // 422 is a page, too: it says what is wrong with a filter.
  if (!isPage || !(answer.ok || answer.status === 422)) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// --- Sources of an event --------------------------------------------------------------------------

async function unfold(event) {
  const link = own(event, "a.sources");
  if (!link || event.hasAttribute("aria-busy")) return;
  busy(event, true);
  try {
    const found = await part(addressed(link.pathname, "", { part: "sources" }));
    const pieces = [...found.body.children];
    if (document.body.classList.contains("embed")) pieces.forEach(openOutside);
    if (pieces.length && link.isConnected) placeOf(link).replaceWith(loaded(pieces));
  } catch {
    tell("The sources could not be fetched: follow the link.", true);
  } finally {
    busy(event, false);
  }
}

/** What gives way to what a link leads to: the paragraph that says less of it. */
const placeOf = (link) => link.closest("p") ?? link;

function loaded(pieces) {
  const place = document.createElement("div");
  place.className = "loaded";
  place.append(...pieces);
  return place;
}

function openOutside(piece) {
  for (const link of piece.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}

// --- Another list in the place of this one --------------------------------------------------------

let pending = null; // the request for a list that is under way

/** Put the list of `search` in place; `changed` are the ids of events to mark. */
async function relist(search, changed = new Set()) {
  pending?.abort();
  const asked = (pending = new AbortController());
  busy(one("#list"), true);
  try {
    const address = addressed(location.pathname, search, { part: "list" });
    const found = await part(address, asked.signal);
    if (!found.getElementById("list")) throw new Error("no list");
    if (!asked.signal.aborted) swap([...found.body.children], changed);
    return !asked.signal.aborted;
  } finally {
    if (pending === asked) {
      pending = null;
      busy(one("#list"), false);
    }
  }
}

function swap(pieces, changed) {
  const place = placeOfReader();
  const open = [...document.querySelectorAll("#list details[open]")];
  const opened = new Map(open.map((each) => [keyOf(each), each]));
  const focused = rowOf(document.activeElement)?.id;
  for (const piece of pieces) if (piece.id) document.getElementById(piece.id)?.replaceWith(piece);
  for (const each of document.querySelectorAll("#list details")) {
    const before = opened.get(keyOf(each));
    if (before) reopen(each, before, changed);
  }
  if (row(focused)) summary(row(focused)).focus({ preventScroll: true });
  keepPlace(place);
}

/** What a fold is known by in any list: its event or its part of the list, and its kind. */
function keyOf(details) {
  const owner = rowOf(details) ?? details.closest("section")?.querySelector("[id]");
  return `${owner?.id} ${details.className}`;
}

function reopen(details, before, changed) {
  const event = details.parentElement;
  const isSame = isRow(details) && !changed.has(event.id);
  const kept = isSame && own(before.parentElement, ".loaded");
  const link = kept && own(event, "a.sources");
  if (link) placeOf(link).replaceWith(kept);
  details.open = true;
}

/** Which events the reader sees first, and where. */
function placeOfReader() {
  const all = rows();
  const first = all.findIndex((each) => each.getBoundingClientRect().bottom > 0);
  const looked = first < 0 || scrollY === 0 ? [] : all.slice(first, first + LOOKED_FOR);
  return looked.map((each) => [each.id, each.getBoundingClientRect().top]);
}

function keepPlace(place) {
  const [id, before] = place.find(([each]) => row(each)) ?? [];
  if (!id) return;
  const top = row(id).getBoundingClientRect().top - before;
  scrollBy({ top, behavior: "instant" });
}

// --- Filters --------------------------------------------------------------------------------------

let timer = 0;
let failed = null; // the query that could not be asked for: the form asks for it the plain way

function filterSoon() {
  clearTimeout(timer);
  timer = setTimeout(filter, TYPED_FOR);
}

async function filter() {
  clearTimeout(timer);
  const form = one("form.filters");
  const search = queryOf(new FormData(form));
  if (!form.checkValidity() || (search === without(location.search) && !pending)) return;
  try {
    if (!(await relist(search))) return;
    failed = null;
    history.replaceState(null, "", addressed(location.pathname, search));
    point();
    forget(true);
    tell(one(".count")?.textContent.trim() ?? "");
  } catch (error) {
    if (error.name === "AbortError") return;
    failed = search;
    tell("The list could not be fetched: press Enter in a filter to load the page.", true);
  }
}

function submit(event) {
  if (queryOf(new FormData(event.target)) === failed) return;
  event.preventDefault();
  filter();
}

/** Let the links to other formats point to what is shown. */
function point() {
  const search = without(location.search, "embed", "part");
  for (const link of document.querySelectorAll("a[data-follows]")) {
    link.search = addressed("", search, Object.fromEntries(new URLSearchParams(link.dataset.follows)));
  }
  for (const place of document.querySelectorAll("[data-shows]")) {
    place.textContent = document.getElementById(place.dataset.shows).href;
  }
}

// --- News -----------------------------------------------------------------------------------------

const seen = new Map(); // event id -> its last change that the list does not show: type, revision
const live = { source: null, since: 0, tries: 0, retry: 0, telling: 0, reset: false };

function listen() {
  hush();
  if (document.hidden || typeof EventSource === "undefined") return;
  const source = new EventSource(streamOf(location.pathname, location.search, live.since));
  for (const type of CHANGES) source.addEventListener(type, hear);
  source.addEventListener("reset", () => {
    live.reset = true;
    announce();
  });
  source.addEventListener("open", () => (live.tries = 0));
  source.addEventListener("error", () => {
    // A browser comes back by itself, but not from a refusal (503, or the timeline is gone).
    if (source.readyState !== EventSource.CLOSED) return;
    live.retry = setTimeout(listen, patience(live.tries++, Math.random()));
  });
  live.source = source;
}

function hush() {
  clearTimeout(live.retry);
  live.source?.close();
  live.source = null;
}

function hear({ type, data, lastEventId }) {
  const at = Number(lastEventId);
  if (at <= revision()) return;
  live.since = Math.max(live.since, at);
  seen.set(JSON.parse(data).event_id, { type, revision: at });
  announce();
}

function announce() {
  const button = one("#news");
  const said = live.reset ? "The timeline changed" : words(tally(seen, row));
  if (button.textContent === said) return;
  button.textContent = said;
  button.hidden = !said;
  clearTimeout(live.telling);
  if (said) live.telling = setTimeout(() => tell(`${said}: press the button to see.`), TOLD_AFTER);
}

/** Forget what the list shows now; the stream begins anew for other filters. */
function forget(isOther) {
  for (const [id, change] of seen) if (isOther || change.revision <= revision()) seen.delete(id);
  live.reset = false;
  live.since = isOther ? revision() : Math.max(live.since, revision());
  announce();
  if (isOther) listen();
}

async function showNews() {
  const said = one("#news").textContent;
  const changed = new Set(seen.keys());
  const known = new Set(rows().map((each) => each.id));
  try {
    if (!(await relist(without(location.search, "part"), changed))) return;
  } catch (error) {
    if (error.name !== "AbortError") tell("The news could not be fetched: try again.", true);
    return;
  }
  const wasFocused = document.activeElement === one("#news");
  mark(rows().filter(({ id }) => changed.has(id) || !known.has(id)));
  forget(false);
  if (wasFocused) focusList();
  tell(`${said}: shown.`);
}

function focusList() {
  const list = one("#list");
  list.tabIndex = -1; // the button is gone: the reader goes on from here
  list.focus({ preventScroll: true });
}

function mark(events) {
  for (const each of events) each.classList.add("changed");
  setTimeout(() => events.forEach((each) => each.classList.remove("changed")), MARKED_FOR);
}

// --- Keys -----------------------------------------------------------------------------------------

let last = null; // the id of the event that was focused last

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => toggle(current()),
  "/": goToSearch,
  "?": () => one("#keys").showModal(),
  Escape: () => close(rowOf(document.activeElement)),
};

function press(event) {
  const action = isShortcut(event) && Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (!action || one("dialog[open]") || (event.key !== "Escape" && !keysOn())) return;
  if (event.key !== "Escape") event.preventDefault();
  action();
}

function goToSearch() {
  const field = one("form.filters [name=q]");
  field?.focus();
  field?.select();
}

const current = () => rowOf(document.activeElement) ?? row(last);

function step(by) {
  const all = rows().filter((each) => each.checkVisibility?.() ?? true);
  const here = all.indexOf(current());
  const isBelow = (each) => each.getBoundingClientRect().top >= 0;
  const next = all[Math.max(0, here < 0 ? all.findIndex(isBelow) : here + by)];
  if (next) focusOn(next);
}

function focusOn(event) {
  summary(event).focus({ preventScroll: true });
  summary(event).scrollIntoView({ block: "nearest" });
}

function toggle(event) {
  if (event) folded(event).open = !folded(event).open;
}

function close(event) {
  if (!event || !folded(event).open) return;
  folded(event).open = false;
  focusOn(event);
}

// Kept in the browser; where it keeps nothing (a frame, a setting) the keys are on.
function keysOn() {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true;
  }
}

function switchKeys({ target }) {
  try {
    localStorage.setItem("keys", target.checked ? "on" : "off");
  } catch {
    tell("This browser does not keep the choice.", true);
  }
}

// --- Links ----------------------------------------------------------------------------------------

/** Open the event that the address names; say so when the list does not have it. */
function openNamed() {
  const id = location.hash.slice(1);
  const event = row(id);
  const isMissing = !event && id.startsWith("evt_");
  one("#missing").hidden = !isMissing;
  if (isMissing) one("#missing a").href = `${location.pathname}/events/${id}`;
  if (!event) return;
  for (let each = folded(event); each; each = each.parentElement.closest("details")) each.open = true;
  focusOn(event);
  event.scrollIntoView({ block: "start" });
}

/** Copy the address of an event or of what is shown; without a clipboard the address bar has it. */
async function copy(click) {
  const link = click.target.closest?.("a.anchor, #copy");
  if (!link || click.ctrlKey || click.metaKey || click.shiftKey || !navigator.clipboard) return;
  click.preventDefault();
  const address = new URL(link.getAttribute("href") ?? "", location.href);
  if (!link.matches("a")) address.hash = "";
  address.search = without(address.search, "embed", "part");
  try {
    await navigator.clipboard.writeText(address.href);
    tell("Link copied.", true);
  } catch {
    location.hash = address.hash;
    tell("The browser keeps its clipboard closed: copy the address of the page.", true);
  }
}

// --- All of it ------------------------------------------------------------------------------------

function start() {
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && isRow(target)) unfold(rowOf(target));
  }, true);
  rows().forEach((each) => folded(each).open && unfold(each));
  document.addEventListener("focusin", ({ target }) => (last = rowOf(target)?.id ?? last));
  document.addEventListener("keydown", press);
  document.addEventListener("click", copy);
  addEventListener("hashchange", openNamed);
  one("#show-keys").addEventListener("click", KEYS["?"]);
  one("#news").addEventListener("click", showNews);
  startKeys();
  startFilters(one("form.filters"));
  one("#tools").hidden = false;
  point();
  openNamed();
  startNews();
}

function startKeys() {
  const box = one("#keys [name=keys]");
  box.checked = keysOn();
  box.addEventListener("change", switchKeys);
}

function startFilters(form) {
  form?.addEventListener("submit", submit);
  // Days and numbers are nothing yet while they are typed.
  form?.addEventListener("input", ({ target }) => target.name === "q" && filterSoon());
  form?.addEventListener("change", filter);
  form?.addEventListener("reset", filterSoon);
}

function startNews() {
  live.since = revision();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", hush);
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
  listen();
}

if (typeof document !== "undefined" && document.getElementById("list")) start();
