import { Followed } from '../api/followed';
import { panelEventsUrl, panelsApi, type Panel } from '../api/panels';
import { Problem } from '../api/problem';
import { SseRefused, type SseMessage } from '../api/sse';
import { emptyRoom, hasEnded, reduceRoom, type PanelEventData, type Room, type RoomAction } from './room';

/** After these the server's own view says something new: who is asked what, how it ended. */
const news = /^(panel\.(round\.|absent|steered|concluded|position|vote|remark)|run\.)/;

/** One panel as this page follows it: its journal from the beginning, and whatever its seats are writing. Ends with the panel. */
export class PanelFollowing extends Followed<Room> {
  readonly id: string;
  readonly #load: () => Promise<Panel>;
  readonly #onNews: (name: string) => void;

  constructor(id: string, load: () => Promise<Panel> = () => panelsApi.panel(id), onNews: (name: string) => void = () => { /* nobody asked */ }) {
    super(emptyRoom);
    this.id = id;
    this.#load = load;
    this.#onNews = onNews;
  }

  protected hasGap(r: Room): boolean { return Object.values(r.writing).some((w) => w.gap); }

  protected async follow(signal: AbortSignal): Promise<void> {
    // The journal of a panel ends, and its stream with it: there is nothing to reconnect to.
    const over = new AbortController();
    signal.addEventListener('abort', () => { over.abort(); });
    try {
      this.set({ loading: true, failure: undefined, link: 'connecting' });
      this.#apply({ type: 'loaded', panel: await this.#load() });
      this.set({ loading: false });
      await this.listen(panelEventsUrl(this.id), over.signal, (m) => { this.#onMessage(m); if (m.id !== undefined && hasEnded(this.state)) over.abort(); });
      if (!signal.aborted) this.set({ link: 'closed' });
    } catch (e) {
      if (signal.aborted) return;
      this.set({ loading: false, link: 'closed', failure: e instanceof SseRefused ? new Problem(e.status, 'The live stream was refused') : e });
    }
  }

  #onMessage(m: SseMessage): void {
    const data = JSON.parse(m.data) as PanelEventData;
    if (m.event === 'message.snapshot' && this.link === 'live') this.opened(true);
    const before = this.state.seq;
    this.#apply({ type: 'event', durable: m.id !== undefined, name: m.event, data });
    if (this.state.seq > before && news.test(m.event)) this.#onNews(m.event);
    this.mind();
  }

  #apply(a: RoomAction): void { this.set({ state: reduceRoom(this.state, a) }); }
}
