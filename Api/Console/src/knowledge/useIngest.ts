import { useEffect, useRef, useState } from 'react';
import { currentKey } from '../account/credential';
import { runEventsUrl } from '../api/client';
import { openSse, SseRefused } from '../api/sse';
import { advance, begun, isOver, type Ingest } from './ingest';

const refreshEveryMs = 1500;

/** Follows a run from its first event to its last. `gone` is a run that the service does not know any more. */
export function useIngest(runId: string, documents: number, onNews: () => void): { ingest: Ingest; link: 'live' | 'reconnecting' | 'gone' } {
  const [ingest, setIngest] = useState(() => begun(documents));
  const [link, setLink] = useState<'live' | 'reconnecting' | 'gone'>('live');
  const tell = useRef(onNews);
  useEffect(() => { tell.current = onNews; });

  useEffect(() => {
    const stop = new AbortController();
    let now = begun(documents), told = 0;
    openSse({
      url: runEventsUrl(runId), token: () => currentKey() ?? '', signal: stop.signal,
      onMessage: (m) => {
        now = advance(now, m.event, JSON.parse(m.data) as Parameters<typeof advance>[2]);
        setIngest(now);
        const over = isOver(now);
        if (over || Date.now() - told > refreshEveryMs) { told = Date.now(); tell.current(); }
        if (over) stop.abort(); // else the end of the stream would be taken for a lost connection
      },
      onState: (s) => { if (s.kind === 'open') setLink('live'); if (s.kind === 'retrying') setLink('reconnecting'); },
    }).finished.catch((e: unknown) => { if (e instanceof SseRefused) setLink('gone'); });
    return () => { stop.abort(); };
  }, [runId, documents]);

  return { ingest, link };
}
