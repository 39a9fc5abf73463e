// Speaks the console's part of the wire contract over HTTP. For development and the browser drive only.
import { agents, documents, key } from './content.mjs';
import { cancel, create, messages, post, runs, sessions, view } from './store.mjs';

const json = (res, code, body) => { res.writeHead(code, { 'content-type': code >= 400 ? 'application/problem+json' : 'application/json' }).end(JSON.stringify(body)); };
const problem = (res, status, code, title, detail) => json(res, status, { type: 'about:blank', title, status, detail, code, traceId: '4bf92f3577b34da6' });
const page = (items, q) => {
  const at = Number(q.get('cursor') ?? 0), limit = Number(q.get('limit') ?? 20);
  return { items: items.slice(at, at + limit), nextCursor: at + limit < items.length ? String(at + limit) : null };
};
const read = async (req) => { let b = ''; for await (const c of req) b += c; return b === '' ? {} : JSON.parse(b); };

function stream(req, res, s, q) {
  // Like the real one: a place beyond the end is refused.
  const after = parseInt(req.headers['last-event-id'] ?? q.get('after') ?? '0', 10);
  if (!(after <= s.journal.length)) return problem(res, 400, 'cursor_invalid', 'The cursor is not valid');
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  res.write('retry: 300\n\n');
  const send = (name, data, durable) => { if (!res.destroyed) res.write(`event: ${name}\n${durable ? `id: ${data.seq}-test\n` : ''}data: ${JSON.stringify(data)}\n\n`); };
  send('stream.opened', { type: 'stream.opened', cursor: String(after), head: String(s.journal.length) }, false);
  for (const e of s.journal.slice(after)) send(e.type, e, true);
  if (s.live) send('message.snapshot', { type: 'message.snapshot', seq: s.journal.length, at: new Date().toISOString(), runId: s.live.runId, messageId: s.live.messageId, attempt: s.live.attempt, offset: 0, text: s.live.text }, false);
  const viewer = Object.assign((...a) => { send(...a); }, { drop: () => res.destroy() });
  s.viewers.add(viewer);
  const beat = setInterval(() => { if (!res.destroyed) res.write(`: ${s.journal.length}\n\n`); }, 1000);
  res.on('close', () => { clearInterval(beat); s.viewers.delete(viewer); });
}

const routes = [
  ['GET', /^\/v1\/agents$/, (_req, res) => json(res, 200, { items: agents, nextCursor: null })],
  ['GET', /^\/v1\/knowledge\/documents\/([^/]+)$/, (_req, res, _q, id) => { const d = documents.find((x) => x.id === id); return d ? json(res, 200, d) : problem(res, 404, 'document_not_found', 'The document does not exist', 'It may have been removed from its collection.'); }],
  ['GET', /^\/v1\/sessions$/, (_req, res, q) => {
    const needle = (q.get('q') ?? '').toLowerCase();
    const all = [...sessions.values()].map(view).filter((s) => `${s.title} ${s.preview}`.toLowerCase().includes(needle)).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    json(res, 200, page(all, q));
  }],
  ['POST', /^\/v1\/sessions$/, async (req, res) => json(res, 201, view(create(await read(req))))],
  ['POST', /^\/v1\/runs\/([^/]+)\/cancel$/, (_req, res, _q, id) => { const r = runs.get(id); if (!r) return problem(res, 404, 'run_not_found', 'The run does not exist'); cancel(r); return json(res, 202, { id, status: 'cancelling' }); }],
];
const ofSession = [
  ['GET', '', (_req, res, _q, s) => json(res, 200, view(s))],
  ['PATCH', '', async (req, res, _q, s) => { s.title = (await read(req)).title; json(res, 200, view(s)); }],
  ['DELETE', '', (_req, res, _q, s) => { sessions.delete(s.id); res.writeHead(204).end(); }],
  ['GET', '/messages', (_req, res, q, s) => json(res, 200, page(messages(s), q))],
  ['GET', '/events', (req, res, q, s) => stream(req, res, s, q)],
  ['GET', '/export', (_req, res, _q, s) => res.writeHead(200, { 'content-type': 'application/jsonl' }).end(s.journal.map((e) => JSON.stringify(e)).join('\n') + '\n')],
  ['POST', '/messages', async (req, res, _q, s) => {
    const body = await read(req);
    if (s.agent === null) return problem(res, 422, 'agent_required', 'Neither the session nor the message names an agent');
    if (/refuse/.test(body.content)) return problem(res, 402, 'budget_exhausted', 'The budget of this session is used up', 'Ask an administrator to raise it');
    return json(res, 202, post(s, body, req.headers['idempotency-key']));
  }],
  ['POST', '/fork', async (req, res, _q, s) => {
    const { messageId } = await read(req), at = messages(s).find((m) => m.id === messageId);
    if (!at) return problem(res, 404, 'message_not_found', 'The message does not exist');
    const f = create({ agent: s.agent, title: `${s.title} (fork)`, forkedFrom: { session: s.id, messageId, seq: at.seq } });
    return json(res, 201, view(f));
  }],
];

export async function api(req, res) {
  const url = new URL(req.url, 'http://x'), path = url.pathname;
  if (!path.startsWith('/v1/')) return false;
  if (req.headers.authorization !== `Bearer ${key}`) { problem(res, 401, 'unauthenticated', 'The credential is missing or not valid'); return true; }
  const write = req.method === 'POST';
  if (write && !req.headers['idempotency-key']) { problem(res, 400, 'idempotency_key_required', 'Idempotency-Key is missing'); return true; }
  for (const [method, pattern, run] of routes) {
    const m = method === req.method && pattern.exec(path);
    if (m) { await run(req, res, url.searchParams, m[1]); return true; }
  }
  const [, id, rest = ''] = /^\/v1\/sessions\/([^/]+)(\/\w+)?$/.exec(path) ?? [];
  const s = sessions.get(id), hit = ofSession.find(([method, tail]) => method === req.method && tail === rest);
  if (!s || !hit) { problem(res, 404, 'not_found', 'The conversation does not exist', 'It may have been deleted.'); return true; }
  await hit[2](req, res, url.searchParams, s);
  return true;
}
