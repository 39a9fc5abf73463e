import { currentKey } from '../account/credential';
import { openSse, type Sse, type SseMessage } from './sse';

export type Link = 'connecting' | 'live' | 'resumed' | 'reconnecting' | 'closed';
export interface Viewed<S> { readonly state: S; readonly link: Link; readonly loading: boolean; readonly failure: unknown }

const resumedForMs = 6000;
const gapPatienceMs = 1500;

/** Something that happens on a server, as this page follows it: how the stream stands, and what is known so far. Knows nothing of React. */
export abstract class Followed<S> {
  readonly #listeners = new Set<() => void>();
  #view: Viewed<S>;
  #shown: Viewed<S>;
  #frame = 0;
  #stream: Sse | undefined;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  #resumedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(initial: S) { this.#view = this.#shown = { state: initial, link: 'connecting', loading: true, failure: undefined }; }

  readonly subscribe = (l: () => void) => { this.#listeners.add(l); return () => { this.#listeners.delete(l); }; };
  readonly view = () => this.#shown;

  /** Begins to follow; the answer stops it. May be called again after that. */
  readonly start = (): (() => void) => {
    const stop = new AbortController();
    const hurry = () => { if (!document.hidden) this.hurry(); };
    window.addEventListener('online', hurry, { signal: stop.signal });
    document.addEventListener('visibilitychange', hurry, { signal: stop.signal });
    void this.follow(stop.signal);
    return () => { stop.abort(); clearTimeout(this.#gapTimer); clearTimeout(this.#resumedTimer); this.#gapTimer = undefined; };
  };

  /** Reads what was, then the stream; settles when there is nothing more to follow. */
  protected abstract follow(signal: AbortSignal): Promise<void>;
  protected abstract hasGap(state: S): boolean;

  protected get state(): S { return this.#view.state; }
  protected get link(): Link { return this.#view.link; }
  protected hurry(): void { this.#stream?.hurry(); }

  protected async listen(url: string, signal: AbortSignal, onMessage: (m: SseMessage) => void): Promise<void> {
    this.#stream = openSse({
      url, token: () => currentKey() ?? '', signal, onMessage,
      onState: (s) => {
        if (s.kind === 'open') this.opened(s.resumed);
        else if (s.kind !== 'closed') this.set({ link: s.kind === 'retrying' ? 'reconnecting' : 'connecting' });
      },
    });
    await this.#stream.finished;
  }

  /** A hole in a text is closed by a snapshot; one that does not come by itself comes with a new connection. */
  protected mind(): void {
    if (!this.hasGap(this.state)) { clearTimeout(this.#gapTimer); this.#gapTimer = undefined; return; }
    this.#gapTimer ??= setTimeout(() => { this.#gapTimer = undefined; if (this.hasGap(this.state)) this.#stream?.reconnect(); }, gapPatienceMs);
  }

  protected opened(resumed: boolean): void {
    clearTimeout(this.#resumedTimer);
    this.set({ link: resumed ? 'resumed' : 'live' });
    if (resumed) this.#resumedTimer = setTimeout(() => { if (this.link === 'resumed') this.set({ link: 'live' }); }, resumedForMs);
  }

  /** Tokens come faster than a screen is drawn: listeners hear at most once a frame. */
  protected set(patch: Partial<Viewed<S>>): void {
    this.#view = { ...this.#view, ...patch };
    if (this.#frame !== 0) return;
    const show = () => { this.#frame = 0; this.#shown = this.#view; this.#listeners.forEach((l) => { l(); }); };
    // A hidden page draws no frames, and still has to say when an answer is complete.
    this.#frame = document.hidden ? window.setTimeout(show, 100) : requestAnimationFrame(show);
  }
}
