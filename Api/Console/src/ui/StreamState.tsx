import type { Link } from '../api/followed';
import css from './StreamState.module.css';

const words: Record<Link, string> = { connecting: 'Connecting', live: 'Live', resumed: 'Resumed', reconnecting: 'Reconnecting', closed: 'Not connected' };

/** Says in words, not only in colour, how the stream stands. */
export function StreamState({ link, busy }: { link: Link; busy: boolean }) {
  return <span role="status" className={css.pill} data-link={link} data-busy={busy || undefined}><i aria-hidden className={css.dot} />{words[link]}</span>;
}
