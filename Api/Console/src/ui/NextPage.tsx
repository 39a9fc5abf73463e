import { useEffect, useRef } from 'react';
import css from './NextPage.module.css';

/** Loads when it is scrolled to; a button as well, for those who do not scroll. */
export function NextPage({ busy, load }: { busy: boolean; load: () => void }) {
  const el = useRef<HTMLButtonElement>(null);
  const latest = useRef(load);
  useEffect(() => { latest.current = load; });
  useEffect(() => {
    if (busy || !el.current) return;
    const watch = new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting)) latest.current(); });
    watch.observe(el.current);
    return () => { watch.disconnect(); };
  }, [busy]);
  return <button ref={el} type="button" className={css.next} disabled={busy} onClick={load}>{busy ? 'Loading' : 'Show more'}</button>;
}
