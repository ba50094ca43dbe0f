// node firefox.mjs FIREFOX ADDRESS AXE: uses the live pages in Firefox as a reader does; prints what was seen, as JSON.

import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const [executablePath, address, axe] = process.argv.slice(2);
const STARTING = 120_000; // ms for Python to start: the machine may be busy with other things
const LONGEST = 30_000; // ms for anything else

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const seen = { version: await browser.version(), errors: [], foreign: [], findings: [] };

async function open(path) {
  const page = await browser.newPage();
  page.setDefaultTimeout(LONGEST);
  page.on("pageerror", (error) => seen.errors.push(`${path}: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && seen.errors.push(`${path}: ${message.text()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !/^(data|blob|about|resource|chrome):/.test(request.url())) seen.foreign.push(request.url());
  });
  await page.goto(address + path);
  await live(page);
  return page;
}

const live = (page) => page.waitForSelector(".ok-view.ok-ready", { timeout: STARTING });

/** Ask the page from outside until the answer is true: text run as code inside it is what its policy forbids. */
async function until(page, question, ...about) {
  const end = Date.now() + LONGEST;
  while (!(await page.evaluate(question, ...about))) {
    if (Date.now() > end) throw new Error(`never became true: ${question} ${about}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ranking = (page) =>
  page.$$eval(".ok-result .ok-ranking tbody tr", (rows) => rows.map((row) => [row.id, row.querySelector(".ok-score").textContent]));

const change = (page, selector, value) =>
  page.$eval(
    selector,
    (field, value) => {
      if (field.type === "radio") field.checked = true;
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    value,
  );

async function look(page, path) {
  await page.evaluate(readFileSync(axe, "utf-8"));
  const violations = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations);
  seen.findings.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [path, id, html.slice(0, 160)])));
}

try {
  const scores = await open("scores/");
  const built = await ranking(scores);
  await scores.focus("#weight-community");
  await scores.keyboard.press("End");
  await until(scores, () => location.hash.includes("community:100"));
  const moved = await ranking(scores);
  await look(scores, "scores/");
  const again = await open(scores.url().slice(address.length));
  seen.scores = { built, moved, again: await ranking(again) };
  await again.close();
  await scores.close();

  const path = "checklists/production-adoption/";
  const checklist = await open(path);
  await change(checklist, "[name='first.header.subject']", "Ours, in Firefox");
  await change(checklist, "[name='first.answer.failed-run-resumes.outcome'][value=not_met]");
  await change(checklist, "[name='first.answer.failed-run-resumes.note']", "seen <b>twice</b>");
  await until(checklist, () => document.querySelector(".ok-findings .ok-note")?.textContent === "seen <b>twice</b>");
  await look(checklist, path);
  await checklist.reload();
  await live(checklist);
  seen.checklist = await checklist.evaluate(() => ({
    subject: document.querySelector("[name='first.header.subject']").value,
    note: document.querySelector("[name='first.answer.failed-run-resumes.note']").value,
    outcome: document.querySelector("[name='first.answer.failed-run-resumes.outcome']:checked").value,
    findings: document.querySelectorAll(".ok-findings > li").length,
  }));
  process.stdout.write(JSON.stringify(seen));
} finally {
  await browser.close();
}
