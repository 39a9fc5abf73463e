import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Conversation } from '../src/chat/conversation';
import { turnsOf } from '../src/chat/turns';

type Handler = (url: URL, init: RequestInit) => Response | Promise<Response>;
let handle: Handler;
const calls: { url: URL; init: RequestInit }[] = [];
beforeEach(() => {
  calls.length = 0;
  vi.stubGlobal('fetch', (u: string, init: RequestInit) => { const url = new URL(u, 'http://x'); calls.push({ url, init }); return Promise.resolve(handle(url, init)); });
});
afterEach(() => { vi.unstubAllGlobals(); });

const quiet = () => new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } });
const message = (n: number, role = 'user') => ({ id: `m${n}`, parentId: role === 'user' ? null : `m${n - 1}`, role, agent: null, content: `${n}`, citations: [], confidence: null, runId: `r${n}`, seq: n, at: '', finish: null });
const texts = (c: Conversation) => turnsOf(c.view().state).flatMap((t) => [t.question?.content, ...t.answers.map((a) => a.content)]);

describe('Conversation', () => {
  it('reads a history that comes oldest first to its end, and follows from the last question', async () => {
    const items = [1, 2, 3, 4].map((n) => message(n, n % 2 ? 'user' : 'assistant'));
    handle = (url) => url.pathname.endsWith('/events') ? quiet() : url.pathname.endsWith('/s') ? Response.json({ id: 's' }) : Response.json(url.searchParams.has('cursor') ? { items: items.slice(2), nextCursor: null } : { items: items.slice(0, 2), nextCursor: 'c' });
    const c = new Conversation('s'), stop = c.start();
    await vi.waitFor(() => { expect(texts(c)).toEqual(['1', '2', '3', '4']); });
    await vi.waitFor(() => { expect(calls.at(-1)?.url.search).toBe('?after=3'); });
    stop();
  });

  it('puts what a fork inherited first, and does not ask the stream for another journal\'s places', async () => {
    const items = [message(41), message(42, 'assistant'), message(2), message(3, 'assistant')];
    handle = (url) => url.pathname.endsWith('/events') ? quiet() : Response.json(url.pathname.endsWith('/s') ? { id: 's', forkedFrom: { session: 'p', messageId: 'm42', seq: 42 } } : { items, nextCursor: null });
    const c = new Conversation('s'), stop = c.start();
    await vi.waitFor(() => { expect(texts(c)).toEqual(['41', '42', '2', '3']); });
    await vi.waitFor(() => { expect(calls.at(-1)?.url.search).toBe('?after=2'); });
    stop();
  });

  it('sends again with the same key, by itself and when asked', async () => {
    let down = true;
    handle = (url) => url.pathname.endsWith('/events') ? quiet()
      : url.pathname.endsWith('/messages') && calls.at(-1)?.init.method === 'POST' ? down ? new Response(null, { status: 503 }) : Response.json({ runId: 'r1', messageId: 'm1', eventsUrl: '' }, { status: 202 })
        : Response.json({ items: [], nextCursor: null });
    const c = new Conversation('s'), stop = c.start();
    await c.send('Why?', 'enqueue');
    await vi.waitFor(() => { expect(c.view().state.outbox[0]?.failure).toMatch(/503/); });
    down = false;
    await c.retry(c.view().state.outbox[0]?.key ?? '');
    await vi.waitFor(() => { expect(texts(c)).toEqual(['Why?']); });
    const keys = calls.filter((x) => x.init.method === 'POST').map((x) => new Headers(x.init.headers).get('idempotency-key'));
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    stop();
  });

  it('asks anew when a hole in the text stays open', async () => {
    const enc = new TextEncoder(), ev = (name: string, d: object) => enc.encode(`event: ${name}\ndata: ${JSON.stringify({ runId: 'r1', messageId: 'a1', attempt: 1, ...d })}\n\n`);
    const streams = [[ev('message.delta', { offset: 0, text: 'one ' }), ev('message.delta', { offset: 8, text: 'three' })], [ev('message.snapshot', { offset: 13, text: 'one two three' })]];
    handle = (url, init) => {
      if (!url.pathname.endsWith('/events')) return Response.json({ items: [], nextCursor: null });
      const pieces = streams.shift() ?? [];
      return new Response(new ReadableStream<Uint8Array<ArrayBuffer>>({ start(ctl) { pieces.forEach((p) => { ctl.enqueue(new Uint8Array(p)); }); init.signal?.addEventListener('abort', () => { ctl.error(new DOMException('x', 'AbortError')); }); } }), { headers: { 'content-type': 'text/event-stream' } });
    };
    const c = new Conversation('s'), stop = c.start();
    await vi.waitFor(() => { expect(c.view().state.drafts.a1?.text).toBe('one two three'); }, { timeout: 4000 });
    expect(c.view().link).toBe('resumed');
    stop();
  });
});
