// What the script of our pages computes without a page; run by tests/unit/test_page_script.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const script = readFileSync(new URL("../../service/api/files/page.js", import.meta.url), "utf8");
const page = await import(`data:text/javascript,${encodeURIComponent(script)}`);

test("empty filters are not asked for", () => {
  assert.equal(page.queryOf([["q", " "], ["from", "2026-01"], ["to", ""]]), "from=2026-01");
});

test("several values of one filter are parted by comma", () => {
  const chosen = [["kind", "happening"], ["kind", "planned"]];
  assert.equal(page.queryOf(chosen), "kind=happening%2Cplanned");
});

test("the usual order is not said", () => {
  assert.equal(page.queryOf([["order", "date"]]), "");
  assert.equal(page.queryOf([["order", "-date"]]), "order=-date");
});

test("words of any script stay as they are", () => {
  const query = page.queryOf([["q", 'پل "swing bridge" & <b>']]);
  assert.equal(new URLSearchParams(query).get("q"), 'پل "swing bridge" & <b>');
});

test("a part is asked for with the filters of the page", () => {
  const address = page.addressed("/timelines/harbour", "?q=bridge", { part: "list" });
  assert.equal(address, "/timelines/harbour?q=bridge&part=list");
  assert.equal(page.addressed("/timelines/harbour", ""), "/timelines/harbour");
});

test("the stream hears of filters that it knows, and of no others", () => {
  const search = "?q=bridge&order=-date&embed=1&min_sources=2&lang=";
  const address = page.streamOf("/timelines/harbour", search, 12);
  assert.equal(address, "/v1/timelines/harbour/stream?q=bridge&min_sources=2&since=12");
});

test("a copied link leaves the frame and the part behind", () => {
  assert.equal(page.without("?embed=1&q=bridge&part=list", "embed", "part"), "q=bridge");
});

test("news are new, changed and gone as the reader sees them", () => {
  const seen = new Map([
    ["evt_1", { type: "created" }],
    ["evt_2", { type: "updated" }],
    ["evt_3", { type: "removed" }],
    ["evt_4", { type: "updated" }],
  ]);
  const shown = (id) => ["evt_2", "evt_3"].includes(id);
  const counts = page.tally(seen, shown);
  assert.deepEqual(counts, { new: 2, changed: 1, gone: 1 });
  assert.equal(page.words(counts), "2 new, 1 changed, 1 gone");
});

test("what came and went unseen is no news", () => {
  for (const type of ["merged", "split", "removed", "left"]) {
    const counts = page.tally(new Map([["evt_1", { type }]]), () => false);
    assert.equal(page.words(counts), "");
  }
});

test("a refused stream is asked for less and less often, and not by all at once", () => {
  assert.equal(page.patience(0, 0.5), 5000);
  assert.equal(page.patience(2, 0.5), 20000);
  assert.equal(page.patience(60, 0.5), 300000);
  assert.ok(page.patience(0, 0) < page.patience(0, 1));
});

const pressed = (key, rest = {}) => page.isShortcut({ key, target: null, ...rest });
const within = (selector) => ({ closest: (asked) => (asked.includes(selector) ? {} : null) });

test("keys are the page's own when nobody types and no other key is held", () => {
  assert.ok(pressed("j"));
  assert.ok(pressed("?", { shiftKey: true }));
  for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing"]) {
    assert.ok(!pressed("j", { [held]: true }), held);
  }
  for (const where of ["input", "textarea", "select", "dialog"]) {
    assert.ok(!pressed("j", { target: within(where) }), where);
  }
  assert.ok(!pressed("j", { target: { isContentEditable: true } }));
});

test("a held key goes on through the events, and toggles nothing", () => {
  assert.ok(pressed("j", { repeat: true }));
  assert.ok(!pressed("o", { repeat: true }));
});
