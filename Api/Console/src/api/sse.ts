import { EventSourceParserStream } from 'eventsource-parser/stream';

export interface SseMessage { readonly id: string | undefined; readonly event: string; readonly data: string }
export type SseState =
  | { kind: 'connecting' }
  | { kind: 'open'; resumed: boolean }
  | { kind: 'retrying'; attempt: number; inMs: number; lastEventId: string | undefined }
  | { kind: 'closed' };

export class SseRefused extends Error {
  readonly status: number;
  constructor(status: number) { super(`stream refused with HTTP ${status}`); this.status = status; }
}

export interface SseOptions {
  readonly url: string;
  /** Asked again before every connection, so a refreshed token is picked up on reconnect. */
  readonly token: () => string | Promise<string>;
  readonly signal: AbortSignal;
  readonly onMessage: (m: SseMessage) => void;
  readonly onState?: (s: SseState) => void;
  readonly lastEventId?: string;
  /** No bytes for this long (comments count) means the connection is dead. */
  readonly idleMs?: number;
  readonly maxDelayMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly random?: () => number;
}

export interface Sse {
  /** Settles when aborted (resolves) or refused for good (rejects). */
  readonly finished: Promise<void>;
  /** Ends a wait between tries: the network is back, or somebody is about to need the stream. */
  readonly hurry: () => void;
  /** Drops the connection and resumes from the last event id. */
  readonly reconnect: () => void;
}

const retryable = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500;

/** Reads one endless event stream over fetch, reconnecting with Last-Event-ID until aborted. */
export function openSse(o: SseOptions): Sse {
  let wake = () => { /* not waiting */ };
  let drop = () => { /* not connected */ };
  const doFetch = o.fetch ?? globalThis.fetch.bind(globalThis);

  const wait = (ms: number) => new Promise<void>((resolve) => {
    const done = () => { clearTimeout(timer); o.signal.removeEventListener('abort', done); wake = () => { /* not waiting */ }; resolve(); };
    const timer = setTimeout(done, o.signal.aborted ? 0 : ms);
    o.signal.addEventListener('abort', done);
    wake = done;
  });

  async function run(): Promise<void> {
    let lastEventId = o.lastEventId;
    let baseMs = 1000;
    let attempt = 0;
    let hadOne = false;
    while (!o.signal.aborted) {
      if (!hadOne && attempt === 0) o.onState?.({ kind: 'connecting' });
      const link = new AbortController();
      const relay = () => { link.abort(); };
      o.signal.addEventListener('abort', relay);
      drop = relay;
      let idle: ReturnType<typeof setTimeout> | undefined;
      const touch = () => { clearTimeout(idle); idle = setTimeout(relay, o.idleMs ?? 45_000); };
      try {
        touch();
        const headers: Record<string, string> = { accept: 'text/event-stream', authorization: `Bearer ${await o.token()}` };
        if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
        const res = await doFetch(o.url, { headers, signal: link.signal, cache: 'no-store' });
        if (!res.ok && !retryable(res.status)) throw new SseRefused(res.status);
        if (res.ok && res.body && (res.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
          o.onState?.({ kind: 'open', resumed: hadOne });
          hadOne = true;
          const reader = res.body
            .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
            .pipeThrough(new EventSourceParserStream({ onComment: touch, onRetry: (ms) => { baseMs = ms; } }))
            .getReader();
          for (;;) {
            const { done, value } = await reader.read();
            if (done) break;
            touch();
            // A server that greets and hangs up must not be called back at once for ever: only news resets the pause.
            if (value.event !== 'stream.opened') attempt = 0;
            if (value.id !== undefined) lastEventId = value.id === '' ? undefined : value.id;
            o.onMessage({ id: value.id, event: value.event ?? 'message', data: value.data });
          }
        }
      } catch (e) {
        if (e instanceof SseRefused) { o.onState?.({ kind: 'closed' }); throw e; }
        // network error, abort or watchdog: fall through to the reconnect below
      } finally {
        clearTimeout(idle);
        o.signal.removeEventListener('abort', relay);
        link.abort();
      }
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- changes while the loop awaits
      if (o.signal.aborted) break;
      attempt += 1;
      const cap = Math.min(o.maxDelayMs ?? 15_000, baseMs * 2 ** (attempt - 1));
      const inMs = Math.round(cap / 2 + ((o.random ?? Math.random)() * cap) / 2);
      o.onState?.({ kind: 'retrying', attempt, inMs, lastEventId });
      await wait(inMs);
    }
    o.onState?.({ kind: 'closed' });
  }

  return { finished: run(), hurry: () => { wake(); }, reconnect: () => { drop(); wake(); } };
}
