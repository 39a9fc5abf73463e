import { currentKey } from '../account/credential';
import { api, eventsUrl } from '../api/client';
import { Problem, sentence } from '../api/problem';
import { openSse, SseRefused, type Sse, type SseMessage } from '../api/sse';
import type { Addressee, OnBusy } from '../api/types';
import { empty, reduce, resumePoint, type Action, type EventData, type State } from './state';

export type Link = 'connecting' | 'live' | 'resumed' | 'reconnecting' | 'closed';

export interface View {
  readonly state: State;
  readonly link: Link;
  readonly loading: boolean;
  readonly failure: unknown;
}

const pageSize = 100;
/** Inherited messages stand before the session's own, whose places count from 1. */
const inheritedFrom = -1_000_000_000;
const resumedForMs = 6000;
const gapPatienceMs = 1500;

/** One conversation as this page follows it: history, then the stream, and what the person sends. Knows nothing of React. */
export class Conversation {
  readonly id: string;
  readonly #onNews: () => void;
  readonly #listeners = new Set<() => void>();
  #view: View = { state: empty, link: 'connecting', loading: true, failure: undefined };
  #shown = this.#view;
  #frame = 0;
  #stream: Sse | undefined;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  #resumedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, onNews: () => void = () => { /* nobody asked */ }) { this.id = id; this.#onNews = onNews; }

  readonly subscribe = (l: () => void) => { this.#listeners.add(l); return () => { this.#listeners.delete(l); }; };
  readonly view = () => this.#shown;

  /** Begins to follow; the answer stops it. May be called again after that. */
  readonly start = (): (() => void) => {
    const stop = new AbortController();
    const hurry = () => { if (!document.hidden) this.#stream?.hurry(); };
    window.addEventListener('online', hurry, { signal: stop.signal });
    document.addEventListener('visibilitychange', hurry, { signal: stop.signal });
    void this.#follow(stop.signal);
    return () => { stop.abort(); clearTimeout(this.#gapTimer); clearTimeout(this.#resumedTimer); this.#gapTimer = undefined; };
  };

  async #follow(signal: AbortSignal): Promise<void> {
    try {
      this.#set({ loading: true, failure: undefined, link: 'connecting' });
      await this.#history(signal);
      const after = resumePoint(this.#view.state);
      this.#apply({ type: 'resuming', after });
      this.#set({ loading: false });
      this.#stream = openSse({
        url: eventsUrl(this.id, String(after)), token: () => currentKey() ?? '', signal,
        onMessage: this.#onMessage,
        onState: (s) => {
          if (s.kind === 'open') this.#opened(s.resumed);
          else if (s.kind !== 'closed') this.#set({ link: s.kind === 'retrying' ? 'reconnecting' : 'connecting' });
        },
      });
      await this.#stream.finished;
    } catch (e) {
      if (signal.aborted) return;
      // The next call meets the same refusal and says it in the server's own words.
      const failure = e instanceof SseRefused ? await api.session(this.id, signal).then(() => new Problem(e.status, 'The live stream was refused'), (x: unknown) => x) : e;
      this.#set({ loading: false, link: 'closed', failure });
    }
  }

  /** Oldest first, to the end. What a fork inherited carries the places of another journal: those are not this stream's. */
  async #history(signal: AbortSignal): Promise<void> {
    const fork = (await api.session(this.id, signal)).forkedFrom?.messageId;
    let inherited = fork !== undefined, place = inheritedFrom, cursor: string | undefined;
    do {
      const page = await api.messages(this.id, { limit: pageSize, cursor }, signal);
      const items = page.items.map((m) => {
        if (!inherited) return m;
        if (m.id === fork) inherited = false;
        return { ...m, seq: place++ };
      });
      this.#apply({ type: 'loaded', items });
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  readonly #onMessage = (m: SseMessage): void => {
    const data = JSON.parse(m.data) as EventData;
    if (m.event === 'message.snapshot' && this.#view.link === 'live') this.#opened(true);
    if (m.event === 'stream.gap') void this.#history(new AbortController().signal).catch(() => { /* what is shown stays */ });
    this.#apply({ type: 'event', durable: m.id !== undefined, name: m.event, data });
    if (m.event === 'message.accepted' || m.event === 'message.completed') this.#onNews();
    this.#mind();
  };

  /** A hole in the text is closed by a snapshot; one that does not come by itself comes with a new connection. */
  #mind(): void {
    const gap = () => Object.values(this.#view.state.drafts).some((d) => d.gap);
    if (!gap()) { clearTimeout(this.#gapTimer); this.#gapTimer = undefined; return; }
    this.#gapTimer ??= setTimeout(() => { this.#gapTimer = undefined; if (gap()) this.#stream?.reconnect(); }, gapPatienceMs);
  }

  #opened(resumed: boolean): void {
    clearTimeout(this.#resumedTimer);
    this.#set({ link: resumed ? 'resumed' : 'live' });
    if (resumed) this.#resumedTimer = setTimeout(() => { if (this.#view.link === 'resumed') this.#set({ link: 'live' }); }, resumedForMs);
  }

  readonly send = (content: string, onBusy: OnBusy, to?: Addressee): Promise<void> => this.#post(crypto.randomUUID(), content, onBusy, to);

  /** The same key again: if the server did take the message the first time, it is not taken twice. */
  readonly retry = async (key: string): Promise<void> => {
    const o = this.#view.state.outbox.find((x) => x.key === key);
    if (o) await this.#post(key, o.content, o.onBusy, o.to);
  };

  readonly discard = (key: string): void => { this.#apply({ type: 'discarded', key }); };

  async #post(key: string, content: string, onBusy: OnBusy, to?: Addressee): Promise<void> {
    this.#apply({ type: 'sending', outgoing: { key, content, onBusy, to } });
    this.#stream?.hurry();
    try {
      const { messageId, runId } = await api.send(this.id, { content, onBusy, ...to }, key);
      this.#apply({ type: 'accepted', key, messageId, runId, at: new Date().toISOString() });
      this.#onNews();
    } catch (e) {
      this.#apply({ type: 'refused', key, failure: sentence(e) });
    }
  }

  #apply(a: Action): void { this.#set({ state: reduce(this.#view.state, a) }); }

  /** Tokens come faster than a screen is drawn: listeners hear at most once a frame. */
  #set(patch: Partial<View>): void {
    this.#view = { ...this.#view, ...patch };
    if (this.#frame !== 0) return;
    const show = () => { this.#frame = 0; this.#shown = this.#view; this.#listeners.forEach((l) => { l(); }); };
    // A hidden page draws no frames, and still has to say when an answer is complete.
    this.#frame = document.hidden ? window.setTimeout(show, 100) : requestAnimationFrame(show);
  }
}
