import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Follows the end while the reader is there, and never moves what is being read; what is not live stays where it is. */
export function useFollow(content: unknown, live = true) {
  const box = useRef<HTMLDivElement>(null);
  const stick = useRef(true);
  const fromEnd = useRef<number>(undefined);
  const [away, setAway] = useState(false);

  useLayoutEffect(() => {
    const el = box.current;
    if (!el) return;
    if (fromEnd.current !== undefined) { el.scrollTop = el.scrollHeight - fromEnd.current; fromEnd.current = undefined; return; }
    if (stick.current && live) el.scrollTop = el.scrollHeight;
  }, [content, live]);

  const onScroll = useCallback(() => {
    const el = box.current;
    if (!el) return;
    stick.current = el.scrollHeight - el.scrollTop - el.clientHeight < 48;
    setAway(!stick.current);
  }, []);
  const toEnd = useCallback(() => { stick.current = true; const el = box.current; if (el) el.scrollTop = el.scrollHeight; setAway(false); }, []);
  /** Before content is put above: the distance to the end is kept. */
  const hold = useCallback(() => { const el = box.current; if (el) fromEnd.current = el.scrollHeight - el.scrollTop; }, []);
  return { box, onScroll, away, toEnd, hold };
}
