import { api, eventsUrl } from '../api/client';
import { Followed } from '../api/followed';
import { Problem, sentence } from '../api/problem';
import { SseRefused, type SseMessage } from '../api/sse';
import type { Addressee, OnBusy } from '../api/types';
import { empty, reduce, resumePoint, type Action, type EventData, type State } from './state';

const pageSize = 100;
/** Inherited messages stand before the session's own, whose places count from 1. */
const inheritedFrom = -1_000_000_000;

/** One conversation as this page follows it: history, then the stream, and what the person sends. Knows nothing of React. */
export class Conversation extends Followed<State> {
  readonly id: string;
  readonly #onNews: () => void;

  constructor(id: string, onNews: () => void = () => { /* nobody asked */ }) { super(empty); this.id = id; this.#onNews = onNews; }

  protected hasGap(s: State): boolean { return Object.values(s.drafts).some((d) => d.gap); }

  protected async follow(signal: AbortSignal): Promise<void> {
    try {
      this.set({ loading: true, failure: undefined, link: 'connecting' });
      await this.#history(signal);
      const after = resumePoint(this.state);
      this.#apply({ type: 'resuming', after });
      this.set({ loading: false });
      await this.listen(eventsUrl(this.id, String(after)), signal, this.#onMessage);
    } catch (e) {
      if (signal.aborted) return;
      // The next call meets the same refusal and says it in the server's own words.
      const failure = e instanceof SseRefused ? await api.session(this.id, signal).then(() => new Problem(e.status, 'The live stream was refused'), (x: unknown) => x) : e;
      this.set({ loading: false, link: 'closed', failure });
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
    if (m.event === 'message.snapshot' && this.link === 'live') this.opened(true);
    if (m.event === 'stream.gap') void this.#history(new AbortController().signal).catch(() => { /* what is shown stays */ });
    this.#apply({ type: 'event', durable: m.id !== undefined, name: m.event, data });
    if (m.event === 'message.accepted' || m.event === 'message.completed') this.#onNews();
    this.mind();
  };

  readonly send = (content: string, onBusy: OnBusy, to?: Addressee): Promise<void> => this.#post(crypto.randomUUID(), content, onBusy, to);

  /** The same key again: if the server did take the message the first time, it is not taken twice. */
  readonly retry = async (key: string): Promise<void> => {
    const o = this.state.outbox.find((x) => x.key === key);
    if (o) await this.#post(key, o.content, o.onBusy, o.to);
  };

  readonly discard = (key: string): void => { this.#apply({ type: 'discarded', key }); };

  async #post(key: string, content: string, onBusy: OnBusy, to?: Addressee): Promise<void> {
    this.#apply({ type: 'sending', outgoing: { key, content, onBusy, to } });
    this.hurry();
    try {
      const { messageId, runId } = await api.send(this.id, { content, onBusy, ...to }, key);
      this.#apply({ type: 'accepted', key, messageId, runId, at: new Date().toISOString() });
      this.#onNews();
    } catch (e) {
      this.#apply({ type: 'refused', key, failure: sentence(e) });
    }
  }

  #apply(a: Action): void { this.set({ state: reduce(this.state, a) }); }
}
