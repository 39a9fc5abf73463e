import { describe, expect, it } from 'vitest';
import { openSse, SseRefused, type SseMessage, type SseState } from '../src/api/sse';

const enc = new TextEncoder();
/** A response whose body comes in the given byte pieces and then ends or breaks. */
const sse = (pieces: Uint8Array[], breaks = false) => new Response(new ReadableStream<Uint8Array<ArrayBuffer>>({
  pull(c) {
    const p = pieces.shift();
    if (p) c.enqueue(new Uint8Array(p)); else if (breaks) c.error(new TypeError('network')); else c.close();
  },
}), { headers: { 'content-type': 'text/event-stream' } });
const silent = (signal: AbortSignal | null | undefined) => new Response(new ReadableStream({ start(c) { const end = () => { c.error(new DOMException('aborted', 'AbortError')); }; if (signal?.aborted) end(); else signal?.addEventListener('abort', end); } }), { headers: { 'content-type': 'text/event-stream' } });

describe('openSse', () => {
  it('resumes after a broken connection with the last event id and a fresh token', async () => {
    const stop = new AbortController(), seen: Headers[] = [], got: SseMessage[] = [], states: SseState[] = [];
    const bodies = [sse([enc.encode('retry: 1\n\nid: 1\nevent: delta\ndata: a\n\nid: 2\nevent: delta\ndata: b\n\nid: 3\ndata: ha')], true), sse([enc.encode('id: 3\nevent: done\ndata: c\n\n')])];
    let n = 0;
    await openSse({
      url: '/x', token: () => `t${++n}`, signal: stop.signal, random: () => 0,
      fetch: (_u, init) => { seen.push(new Headers(init?.headers)); return Promise.resolve(bodies.shift() ?? new Response(null, { status: 503 })); },
      onMessage: (m) => { got.push(m); if (m.event === 'done') stop.abort(); },
      onState: (s) => { states.push(s); },
    }).finished;
    expect(got.map((m) => m.data)).toEqual(['a', 'b', 'c']);
    expect(seen.map((h) => [h.get('authorization'), h.get('last-event-id')])).toEqual([['Bearer t1', null], ['Bearer t2', '2']]);
    expect(states.map((s) => s.kind === 'open' ? `open ${s.resumed}` : s.kind)).toEqual(['connecting', 'open false', 'retrying', 'open true', 'closed']);
  });

  it('joins a character cut in two by the network', async () => {
    const bytes = enc.encode('id: 1\ndata: né\n\n'), cut = bytes.indexOf(0xc3) + 1, stop = new AbortController();
    const got: string[] = [];
    await openSse({ url: '/x', token: () => 't', signal: stop.signal, fetch: () => Promise.resolve(sse([bytes.slice(0, cut), bytes.slice(cut)])), onMessage: (m) => { got.push(m.data); stop.abort(); } }).finished;
    expect(got).toEqual(['né']);
  });

  it('does not retry a refusal', async () => {
    let calls = 0;
    const run = openSse({ url: '/x', token: () => 't', signal: new AbortController().signal, fetch: () => { calls++; return Promise.resolve(new Response(null, { status: 403 })); }, onMessage: () => undefined });
    await expect(run.finished).rejects.toBeInstanceOf(SseRefused);
    expect(calls).toBe(1);
  });

  it('drops a silent connection and asks again', async () => {
    let calls = 0;
    const stop = new AbortController();
    await openSse({
      url: '/x', token: () => 't', signal: stop.signal, idleMs: 20, maxDelayMs: 1, onMessage: () => undefined,
      fetch: (_u, init) => { if (++calls === 2) stop.abort(); return Promise.resolve(silent(init?.signal)); },
    }).finished;
    expect(calls).toBe(2);
  });

  it('waits longer each time when the server greets and hangs up, and not when somebody is in a hurry', async () => {
    const stop = new AbortController(), waits: number[] = [];
    const s = openSse({
      url: '/x', token: () => 't', signal: stop.signal, random: () => 1, onMessage: () => undefined,
      fetch: () => Promise.resolve(sse([enc.encode('event: stream.opened\ndata: {}\n\n')])),
      onState: (x) => { if (x.kind !== 'retrying') return; waits.push(x.inMs); if (waits.length === 4) stop.abort(); else setTimeout(() => { s.hurry(); }); },
    });
    await s.finished;
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });
});
