// How the test server answers, shared by its parts.
export const json = (res, code, body) => { res.writeHead(code, { 'content-type': code >= 400 ? 'application/problem+json' : 'application/json' }).end(JSON.stringify(body)); };
export const none = (res) => { res.writeHead(204).end(); };
export const problem = (res, status, code, title, detail) => json(res, status, { type: 'about:blank', title, status, detail, code, traceId: '4bf92f3577b34da6' });
export const page = (items, q) => {
  const at = Number(q.get('cursor') ?? 0), limit = Number(q.get('limit') ?? 20);
  return { items: items.slice(at, at + limit), nextCursor: at + limit < items.length ? String(at + limit) : null };
};
export const read = async (req) => { let b = ''; for await (const c of req) b += c; return b === '' ? {} : JSON.parse(b); };
export const words = (text) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])];

const terminal = /^run\.(completed|failed|cancelled|expired|budget_exhausted)$/;
/** A journal as an event stream: what was, then what is. Ends with the run where it is one of a run. */
export function follow(req, res, s, q, { until } = {}) {
  // Like the real one: a place beyond the end is refused.
  const after = parseInt(req.headers['last-event-id'] ?? q.get('after') ?? '0', 10);
  if (!(after <= s.journal.length)) return problem(res, 400, 'cursor_invalid', 'The cursor is not valid');
  if (q.get('format') === 'json') return json(res, 200, { items: s.journal.slice(after), nextCursor: null });
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  res.write('retry: 300\n\n');
  const send = (name, data, durable) => { if (!res.destroyed) res.write(`event: ${name}\n${durable ? `id: ${data.seq}-test\n` : ''}data: ${JSON.stringify(data)}\n\n`); if (until?.test(name)) res.end(); };
  send('stream.opened', { type: 'stream.opened', cursor: String(after), head: String(s.journal.length) }, false);
  for (const e of s.journal.slice(after)) send(e.type, e, true);
  if (s.live) send('message.snapshot', { type: 'message.snapshot', seq: s.journal.length, at: new Date().toISOString(), runId: s.live.runId, messageId: s.live.messageId, attempt: s.live.attempt, offset: 0, text: s.live.text }, false);
  for (const l of s.lives ?? []) if (l.text !== '') send('message.snapshot', { type: 'message.snapshot', seq: s.journal.length, at: new Date().toISOString(), runId: s.runId, ...l, offset: l.text.length }, false);
  if (terminal.test(s.journal.at(-1)?.type ?? '') && s.lives) res.end();
  const viewer = Object.assign((...a) => { send(...a); }, { drop: () => res.destroy() });
  s.viewers.add(viewer);
  const beat = setInterval(() => { if (!res.destroyed) res.write(`: ${s.journal.length}\n\n`); }, 1000);
  res.on('close', () => { clearInterval(beat); s.viewers.delete(viewer); });
}
