// Speaks the console's part of the wire contract over HTTP. For development and the browser drive only.
import { key } from './content.mjs';
import { experts } from './experts.mjs';
import { follow, json, page, problem, read } from './http.mjs';
import { knowledge } from './knowledge.mjs';
import { memory } from './memory.mjs';
import { panelRoutes } from './panels.mjs';
import { cancel, create, messages, post, runs, sessions, view } from './store.mjs';

const routes = [
  ...experts, ...knowledge, ...memory, ...panelRoutes,
  ['GET', /^\/v1\/sessions$/, (_req, res, q) => {
    const needle = (q.get('q') ?? '').toLowerCase();
    const all = [...sessions.values()].map(view).filter((s) => `${s.title} ${s.preview}`.toLowerCase().includes(needle)).sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    json(res, 200, page(all, q));
  }],
  ['POST', /^\/v1\/sessions$/, async (req, res) => json(res, 201, view(create(await read(req))))],
  ['GET', /^\/v1\/runs\/([^/]+)\/events$/, (_req, res, _q, id) => { const r = runs.get(id), s = r && sessions.get(r.session); return s ? json(res, 200, { items: s.journal.filter((e) => e.runId === id), nextCursor: null }) : problem(res, 404, 'run_not_found', 'The run does not exist'); }],
  ['POST', /^\/v1\/runs\/([^/]+)\/cancel$/, (_req, res, _q, id) => { const r = runs.get(id); if (!r) return problem(res, 404, 'run_not_found', 'The run does not exist'); cancel(r); return json(res, 202, { id, status: 'cancelling' }); }],
];
const ofSession = [
  ['GET', '', (_req, res, _q, s) => json(res, 200, view(s))],
  ['PATCH', '', async (req, res, _q, s) => { s.title = (await read(req)).title; json(res, 200, view(s)); }],
  ['DELETE', '', (_req, res, _q, s) => { sessions.delete(s.id); res.writeHead(204).end(); }],
  ['GET', '/messages', (_req, res, q, s) => json(res, 200, page(messages(s), q))],
  ['GET', '/events', (req, res, q, s) => follow(req, res, s, q)],
  ['GET', '/export', (_req, res, _q, s) => res.writeHead(200, { 'content-type': 'application/jsonl' }).end(s.journal.map((e) => JSON.stringify(e)).join('\n') + '\n')],
  ['POST', '/messages', async (req, res, _q, s) => {
    const body = await read(req);
    if (s.agent === null && s.mode !== 'auto' && !body.agent && body.mode !== 'auto') return problem(res, 422, 'agent_required', 'Neither the session nor the message names an agent');
    if (/refuse/.test(body.content)) return problem(res, 402, 'budget_exhausted', 'The budget of this session is used up', 'Ask an administrator to raise it');
    return json(res, 202, post(s, body, req.headers['idempotency-key']));
  }],
  ['POST', '/fork', async (req, res, _q, s) => {
    const { messageId } = await read(req), at = messages(s).find((m) => m.id === messageId);
    if (!at) return problem(res, 404, 'message_not_found', 'The message does not exist');
    const f = create({ agent: s.agent, mode: s.mode, title: `${s.title} (fork)`, forkedFrom: { session: s.id, messageId, seq: at.seq } });
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
    if (m) { await run(req, res, url.searchParams, m[1], m[2]); return true; }
  }
  const [, id, rest = ''] = /^\/v1\/sessions\/([^/]+)(\/\w+)?$/.exec(path) ?? [];
  const s = sessions.get(id), hit = ofSession.find(([method, tail]) => method === req.method && tail === rest);
  if (!s || !hit) { problem(res, 404, 'not_found', 'The conversation does not exist', 'It may have been deleted.'); return true; }
  await hit[2](req, res, url.searchParams, s);
  return true;
}
