// Drives the production build in a real chromium: both themes, two widths, axe, strict CSP. Loopback only; closes what it opens.
//   node e2e/drive.mjs                                        against the test server beside it
//   node e2e/drive.mjs --visit dark-phone --only knowledge    one look, and the parts of one name
//   node e2e/drive.mjs --url http://127.0.0.1:5080 --key KEY  against a real server (makes and deletes one conversation per run)
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { parts } from './parts.mjs';

const { values: args } = parseArgs({ options: { url: { type: 'string' }, key: { type: 'string' }, only: { type: 'string' }, visit: { type: 'string' } } });
const real = args.url !== undefined;
const shots = new URL('../shots/', import.meta.url).pathname;
await mkdir(shots, { recursive: true });
const local = real ? undefined : await import('../test/server/serve.mjs');
if (local) await new Promise((r) => local.server.listen(0, '127.0.0.1', r));
const base = real ? args.url.replace(/\/$/, '') : `http://127.0.0.1:${local.server.address().port}`;
const key = args.key ?? (await import('../test/server/content.mjs')).key;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const report = { browser: browser.version(), against: real ? 'a real server' : 'the test server', audits: [], problems: [], foreign: [] };
// A dropped stream and a refused call are logged by chromium itself; both are provoked on purpose.
const expected = /ERR_INCOMPLETE_CHUNKED|ERR_EMPTY|ERR_CONNECTION_RESET|status of (401|402|404|422)/;

const seed = local && (await import('../test/server/seed.mjs')).seed;

async function visit(theme, name, viewport) {
  if (args.visit && args.visit !== `${theme}-${name}`) return;
  seed?.(); // each visit meets the same server
  const where = `${theme}-${name}`;
  const ctx = await browser.newContext({ viewport, colorScheme: theme, locale: 'en-GB', timezoneId: 'UTC', acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await ctx.newPage();
  page.setDefaultTimeout(15_000);
  const streams = [];
  const problem = (what) => { report.problems.push(`${where}: ${what}`); };
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !expected.test(m.text())) problem(`console: ${m.text().slice(0, 300)}`); });
  page.on('pageerror', (e) => { problem(`page error: ${e.message}`); });
  page.on('request', (r) => { const u = r.url(); if (!u.startsWith(base) && !/^(data|blob):/.test(u)) report.foreign.push(u); if (u.includes('/events')) streams.push(r.headers()); });
  const tools = {
    page, base, key, real, streams, phone: name === 'phone', theme,
    check: (ok, what) => { if (!ok) problem(what); },
    shot: (title) => page.screenshot({ path: `${shots}${title}-${where}.png` }),
    audit: async (title) => {
      await page.waitForTimeout(250); // let entrances end: axe judges the colours of the moment
      await page.evaluate(axe); // through the debugger: the page's CSP stays in force
      const r = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      report.audits.push({ where, title, passes: r.passes.length, violations: r.violations.map((v) => ({ id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 4).map((n) => `${n.target.join(' ')} :: ${(n.any[0]?.message ?? '').slice(0, 160)}`) })) });
    },
  };
  try {
    for (const [title, run] of Object.entries(parts(real))) {
      if (args.only && !/^(sign in|new conversation)$/.test(title) && !args.only.split(',').some((o) => title.includes(o))) continue; // the two that others start from
      try { await run(tools); } catch (e) { problem(`${title}: ${e.message.split('\n').slice(0, 6).join(' | ')}`); await tools.shot(`broken-${title.replace(/\W+/g, '-')}`); }
    }
  } finally { await ctx.close(); }
}
try {
  for (const theme of ['light', 'dark']) {
    await visit(theme, 'desk', { width: 1440, height: 900 });
    await visit(theme, 'phone', { width: 390, height: 844 });
  }
} finally {
  await browser.close();
  local?.server.closeAllConnections();
  local?.server.close();
}
await writeFile(`${shots}report.json`, JSON.stringify(report, null, 1));
const bad = report.audits.flatMap((a) => a.violations.map((v) => `${a.where} ${a.title}: ${v.id} (${v.impact}) ${v.nodes.join(' | ')}`));
console.log(JSON.stringify({ browser: report.browser, against: report.against, audits: report.audits.length, problems: [...new Set(report.problems)], foreign: [...new Set(report.foreign)] }, null, 1));
console.log(bad.length ? bad.join('\n') : 'axe: no violations');
process.exitCode = bad.length || report.problems.length || report.foreign.length ? 1 : 0;
