// Every page, at the width of a telephone and of a desk, in light and dark: nothing on the console, nothing asked of the
// network, nothing wider than the window, no text over another in a picture, and nothing that axe-core minds. Then what
// the page does: filter, links to claims, unfolding, printing, and reading with scripts off.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import puppeteer from "puppeteer-core";

import * as dossiers from "./dossiers.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "corroborate-pages-"));
const shots = process.env.SHOTS;
const WIDTHS = [360, 1440];
const SCHEMES = ["light", "dark"];
let browser;

/** The page of a dossier, made by the command. */
function made(name, content, suffix = "json", ...options) {
  const input = content.startsWith("/") ? content : join(folder, `${name}.${suffix}`);
  if (input !== content) writeFileSync(input, content);
  const output = join(folder, `${name}.html`);
  execFileSync(process.env.CORROBORATE, ["report", input, "--format", "html", "--output", output, ...options], { stdio: ["ignore", "ignore", "pipe"] });
  return pathToFileURL(output).href;
}

const pages = {};

before(async () => {
  pages.raid = made("raid", dossiers.raid);
  pages.table = made("table", dossiers.table(), "csv");
  pages.hostile = made("hostile", dossiers.hostile);
  pages.empty = made("empty", dossiers.empty);
  browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    userDataDir: join(folder, "profile"),
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    ],
  });
  if (shots) mkdirSync(shots, { recursive: true });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page, and notes whatever it complains about or asks for. */
async function open(url, { width = 1440, scheme = "light", scripts = true } = {}) {
  const page = await browser.newPage();
  const heard = [];
  page.on("console", (message) => heard.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) heard.push(`request: ${request.url()}`);
  });
  page.on("dialog", (dialog) => heard.push(`dialog: ${dialog.message()}`));
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(scripts);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(url, { waitUntil: "load" });
  return { page, heard };
}

const shown = (page) => page.$$eval("article.card", (cards) => cards.filter((card) => card.checkVisibility()).length);

for (const name of ["raid", "table", "hostile", "empty"]) {
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      test(`${name} at ${width} in ${scheme}`, async () => {
        const started = Date.now();
        const { page, heard } = await open(pages[name], { width, scheme });
        assert.ok(Date.now() - started < 15_000, "the page opens without hanging");
        // What is off the screen is laid out too, so that nothing hides there; of the long table a part will do.
        await page.evaluate((most) => {
          const cards = Array.from(document.querySelectorAll("article.card"));
          for (const card of cards.slice(most)) card.remove();
          for (const card of cards.slice(0, most)) card.style.contentVisibility = "visible";
          for (const why of document.querySelectorAll("details.why")) why.open = true;
        }, 150);
        const wide = await page.evaluate(() => {
          const width = document.documentElement.clientWidth;
          const out = Array.from(document.querySelectorAll("body *"), (element) => [element, element.getBoundingClientRect()]);
          const sticks = out.filter(([element, box]) => box.right > width + 0.5 && !element.closest(".skip, svg svg"));
          return [document.documentElement.scrollWidth - width, ...sticks.slice(0, 3).map(([element]) => element.outerHTML.slice(0, 200))];
        });
        assert.deepEqual(wide, [0], "nothing is wider than the window");
        const collisions = await page.evaluate(overlaps);
        assert.deepEqual(collisions, [], "no text in a picture stands over another or sticks out");
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const { violations } = await axe.run(document, { resultTypes: ["violations"] });
          return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join("\n")}`);
        });
        assert.deepEqual(violations, [], "axe-core has nothing to say");
        assert.equal(await page.evaluate(() => window.harmed), undefined);
        assert.deepEqual(heard, []);
        if (shots) {
          await page.evaluate(() => { for (const why of document.querySelectorAll("details.why")) why.open = false; });
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), clip: { x: 0, y: 0, width, height: Math.min(height, width * 4) }, captureBeyondViewport: true });
        }
        await page.close();
      });
    }
  }
}

for (const name of ["raid", "hostile", "shapes"]) {
  for (const picture of ["span", "timeline", "sources", "sides"]) {
    for (const scheme of SCHEMES) {
      test(`the picture ${picture} of ${name} in ${scheme}`, async () => {
        const file = join(folder, `${name}-${picture}.svg`);
        const input = name === "raid" ? dossiers.raid : join(folder, `${name}.json`);
        if (name === "shapes") writeFileSync(input, dossiers.shapes);
        execFileSync(process.env.CORROBORATE, ["report", input, "--format", "svg", "--picture", picture, "--output", file]);
        const { page, heard } = await open(pathToFileURL(file).href, { width: 640, scheme });
        assert.deepEqual(await page.evaluate(overlaps), []);
        assert.equal(await page.evaluate(() => document.documentElement.tagName), "svg");
        assert.deepEqual(heard, []);
        if (shots) await page.screenshot({ path: join(shots, `${name}-${picture}-${scheme}.png`), fullPage: true });
        await page.close();
      });
    }
  }
}

/** Texts of a picture that overlap each other or its edge. It runs in the browser. */
function overlaps() {
  const found = [];
  // A part of a long row of pictures will do.
  for (const svg of Array.from(document.querySelectorAll("svg.picture")).slice(0, 150)) {
    const frame = svg.getBoundingClientRect();
    const boxes = Array.from(svg.querySelectorAll("text"), (text) => [text.textContent, text.getBoundingClientRect()]);
    boxes.forEach(([text, a], n) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1) found.push(`${text} sticks out`);
      for (const [other, b] of boxes.slice(n + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // The boxes of lines have some air above and below.
        if (across > 1 && down > 4) found.push(`${text} / ${other}`);
      }
    });
  }
  return found.slice(0, 5);
}

test("the raid is filtered by text, verdict and source", async () => {
  const { page, heard } = await open(pages.raid);
  assert.equal(await shown(page), 44);
  const says = () => page.$eval("#shown", (output) => output.textContent);
  const typed = async (text) => {
    await page.type("#filter-text", text);
    await new Promise((wait) => setTimeout(wait, 200));
  };
  await typed("fighters killed");
  assert.ok((await shown(page)) >= 1 && (await shown(page)) < 10);
  assert.match(await says(), /^\d of 44 claims$/);
  await page.click("button[type=reset]");
  await page.waitForFunction(() => document.getElementById("shown").textContent === "44 claims");
  await page.select("#filter-verdict", "disputed");
  assert.equal(await shown(page), 1);
  assert.equal(await page.$$eval("h2.nature", (all) => all.filter((one) => one.checkVisibility()).length), 1);
  await page.select("#filter-verdict", "");
  const centcom = await page.$$eval("#filter-source option", (all) => all.find((one) => one.textContent.startsWith("U.S. Central Command")).value);
  const us = await page.$$eval("#filter-source option", (all) => all.find((one) => one.textContent === "United States").value);
  await page.select("#filter-source", centcom);
  const ofCentcom = await shown(page);
  await page.select("#filter-source", us);
  assert.ok((await shown(page)) > ofCentcom && ofCentcom > 3, "whoever is part of the United States is found under it");
  await typed("nothing at all has these words");
  assert.equal(await shown(page), 0);
  assert.equal(await says(), "0 of 44 claims");
  assert.deepEqual(heard, []);
  await page.close();
});

test("a link leads to its claim, through any filter", async () => {
  const { page, heard } = await open(`${pages.raid}#claim-us-injured`);
  const at = () => page.evaluate(() => [document.activeElement.id, Math.round(document.activeElement.getBoundingClientRect().top)]);
  const [id, top] = await at();
  assert.equal(id, "claim-us-injured");
  assert.ok(top >= 0 && top < 700, `it is in view, at ${top}`);
  await page.select("#filter-verdict", "disputed");
  await page.evaluate(() => { location.hash = "#claim-camp-population"; });
  await page.waitForFunction(() => document.activeElement.id === "claim-camp-population");
  assert.equal(await shown(page), 44);
  const links = await page.$$eval("a[href^='#']", (all) => all.filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map((link) => link.hash));
  assert.deepEqual(links, []);
  assert.deepEqual(heard, []);
  await page.close();
  const odd = await open(`${pages.hostile}#claim-count~203~20~3cb~3e`);
  assert.equal(await odd.page.evaluate(() => document.activeElement.querySelector("code").textContent), "count 3 <b>");
  await odd.page.close();
});

test("a link leads far down a long page", async () => {
  const { page } = await open(`${pages.table}#claim-claim-4321`);
  await new Promise((wait) => setTimeout(wait, 300));
  const [id, top] = await page.evaluate(() => [document.activeElement.id, document.activeElement.getBoundingClientRect().top]);
  assert.equal(id, "claim-claim-4321");
  assert.ok(top >= -1 && top < 800, `it is in view, at ${top}`);
  await page.close();
});

test("the policy names the page's script", () => {
  const html = readFileSync(new URL(pages.raid), "utf8");
  const hash = createHash("sha256").update(html.split("<script>")[1].split("</script>")[0]).digest("base64");
  assert.ok(html.includes(`script-src 'sha256-${hash}'`), `put sha256-${hash} into policy.txt`);
});

test("the page is used with the keyboard alone", async () => {
  const { page } = await open(pages.raid, { width: 360 });
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  const box = await page.evaluate(() => document.activeElement.getBoundingClientRect().left);
  assert.ok(box >= 0, "the link that skips is seen when it has the focus");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "findings");
  await page.focus("#claim-fighters-killed summary");
  await page.keyboard.press("Enter");
  assert.ok(await page.$eval("#claim-fighters-killed details", (why) => why.open));
  await page.focus("#unfold");
  await page.keyboard.press("Enter");
  assert.equal(await page.$$eval("details.why:not([open])", (all) => all.length), 0);
  await page.close();
});

test("5,000 claims are filtered without a pause", async () => {
  const { page } = await open(pages.table);
  const [first, later] = await page.evaluate(async () => {
    const times = [];
    for (const word of ["ministry-3", "agency-4"]) {
      document.getElementById("filter-text").value = word;
      const started = performance.now();
      document.getElementById("filter-text").dispatchEvent(new Event("input"));
      await new Promise((wait) => setTimeout(wait, 81));
      document.body.getBoundingClientRect();
      times.push(performance.now() - started);
    }
    return times;
  });
  assert.ok(first < 5000 && later < 2500, `${first} ms, then ${later} ms`);
  assert.ok((await shown(page)) > 500);
  await page.close();
});

test("the page is read with scripts off", async () => {
  const { page, heard } = await open(pages.raid, { scripts: false });
  assert.deepEqual(heard, []);
  const cdp = await page.createCDPSession();
  const { root } = await cdp.send("DOM.getDocument");
  const count = async (selector) => (await cdp.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector })).nodeIds.length;
  assert.equal(await count("article.card"), 44);
  assert.equal(await count("form[hidden]"), 1, "what needs a script isn't shown");
  await page.close();
});

test("the page prints, with what is folded", async () => {
  const { page, heard } = await open(pages.raid);
  const pdf = await page.pdf({ path: shots && join(shots, "raid.pdf"), format: "A4" });
  assert.ok(pdf.length > 50_000);
  await page.emulateMediaType("print");
  assert.equal(await page.$eval("#filters", (form) => form.checkVisibility()), false);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.$$eval("details.why ol", (all) => all.filter((one) => one.checkVisibility()).length), 44);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.$$eval("details.why[open]", (all) => all.length), 0);
  assert.deepEqual(heard, []);
  await page.close();
});
