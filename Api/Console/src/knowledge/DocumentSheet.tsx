import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { api } from '../api/client';
import type { Citation } from '../api/types';
import controls from '../styles/controls.module.css';
import { Sheet } from '../ui/Dialog';
import { Failure, Note } from '../ui/Notice';
import css from './DocumentSheet.module.css';
import { locate } from './locate';

/** The whole document beside the answer, opened at the span that the answer quotes. */
export function DocumentSheet({ citation: c, onClose }: { citation: Citation; onClose: () => void }) {
  const id = useId();
  const documentId = c.documentId ?? '';
  const doc = useQuery({ queryKey: ['document', documentId], queryFn: ({ signal }) => api.document(documentId, signal), staleTime: 300_000 });
  const mark = useRef<HTMLElement>(null);
  useEffect(() => { mark.current?.scrollIntoView({ block: 'center' }); }, [doc.data]);
  const text = doc.data?.text ?? '';
  const span = locate(text, c.quote, c.start, c.end);
  return (
    <Sheet labelledBy={id} onClose={onClose}>
      <header className={css.head}>
        <div><h2 id={id}>{doc.data?.title ?? c.title}</h2><p>{doc.data ? `Collection ${doc.data.collection}` : 'Document'}</p></div>
        <button type="button" className={controls.icon} aria-label="Close" onClick={onClose}><X size={18} aria-hidden /></button>
      </header>
      <div className={css.body} tabIndex={0} role="region" aria-label="Text of the document">
        {doc.isPending && <div className={css.wait} aria-hidden>{[0, 1, 2, 3, 4, 5].map((i) => <i key={i} />)}</div>}
        {doc.isError && <Failure error={doc.error} retry={() => void doc.refetch()} />}
        {doc.data && span === undefined && <div className={css.gone}><Note kind="warn">The quoted passage is not in the stored text any more. The document may have changed since the answer.</Note></div>}
        {doc.data && <p className={css.text}>{span === undefined ? text : <>{text.slice(0, span[0])}<mark ref={mark}>{text.slice(span[0], span[1])}</mark>{text.slice(span[1])}</>}</p>}
      </div>
    </Sheet>
  );
}
