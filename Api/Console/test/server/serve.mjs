// Serves the built pages the way the API must: strict CSP, immutable hashed assets, no-cache index, fallback below /console/.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { extname, join, normalize } from 'node:path';
import { api } from './api.mjs';
import { key } from './content.mjs';
import { seed } from './seed.mjs';

const root = process.env.CONSOLE_PAGES ?? join(import.meta.dirname, '../../../wwwroot');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
export const csp = process.env.CSP ?? "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

seed();
export const server = createServer(async (req, res) => {
  try {
    if (await api(req, res)) return;
    const path = normalize(new URL(req.url, 'http://x').pathname), ext = extname(path);
    if (!path.startsWith('/console')) { res.writeHead(302, { location: '/console/' }).end(); return; }
    const file = ext ? path : '/console/index.html';
    const body = await readFile(join(root, file)).catch(() => null);
    if (!body) { res.writeHead(404).end(); return; }
    const h = { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
      'cache-control': file.startsWith('/console/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache', 'content-security-policy': csp };
    if (/js|javascript|css|html|svg/.test(h['content-type'])) { res.writeHead(200, { ...h, 'content-encoding': 'gzip', vary: 'accept-encoding' }).end(gzipSync(body)); return; }
    res.writeHead(200, h).end(body);
  } catch (e) { if (!res.headersSent) res.writeHead(500); res.end(); if (e?.code !== 'ERR_STREAM_DESTROYED') console.error(e); }
});
if (process.argv[1] === import.meta.filename) server.listen(Number(process.env.PORT ?? 5199), '127.0.0.1', () => { console.log(`http://127.0.0.1:${server.address().port}/console/  key: ${key}`); });
