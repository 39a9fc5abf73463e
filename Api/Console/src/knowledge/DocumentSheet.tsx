import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { knowledgeApi } from '../api/knowledge';
import controls from '../styles/controls.module.css';
import { Sheet } from '../ui/Dialog';
import { Failure, Note } from '../ui/Notice';
import css from './DocumentSheet.module.css';
import { Fields } from './Fields';
import { locate } from './locate';

/** A span that somebody quoted, by its words and by where it stood. */
export interface Place { readonly quote: string; readonly start: number; readonly end: number }

/** The whole document beside what quotes it, opened at the quoted span; without one, at its beginning. */
export function DocumentSheet({ id: documentId, title, place, onClose }: { id: string; title: string; place?: Place; onClose: () => void }) {
  const id = useId();
  const doc = useQuery({ queryKey: ['document', documentId], queryFn: ({ signal }) => knowledgeApi.document(documentId, signal), staleTime: 300_000 });
  const mark = useRef<HTMLElement>(null);
  useEffect(() => { mark.current?.scrollIntoView({ block: 'center' }); }, [doc.data]);
  const text = doc.data?.text ?? '';
  const span = place && locate(text, place.quote, place.start, place.end);
  return (
    <Sheet labelledBy={id} onClose={onClose}>
      <header className={css.head}>
        <div><h2 id={id}>{doc.data?.title ?? title}</h2><p>{doc.data ? `Collection ${doc.data.collection}` : 'Document'}</p>{doc.data?.fields && <Fields fields={doc.data.fields} />}</div>
        <button type="button" className={controls.icon} aria-label="Close" onClick={onClose}><X size={18} aria-hidden /></button>
      </header>
      <div className={css.body} tabIndex={0} role="region" aria-label="Text of the document">
        {doc.isPending && <div className={css.wait} aria-hidden>{[0, 1, 2, 3, 4, 5].map((i) => <i key={i} />)}</div>}
        {doc.isError && <Failure error={doc.error} retry={() => void doc.refetch()} />}
        {doc.data && place !== undefined && span === undefined && <div className={css.gone}><Note kind="warn">The quoted passage is not in the stored text any more. The document may have changed since the answer.</Note></div>}
        {doc.data && <p className={css.text}>{span === undefined ? text : <>{text.slice(0, span[0])}<mark ref={mark}>{text.slice(span[0], span[1])}</mark>{text.slice(span[1])}</>}</p>}
      </div>
    </Sheet>
  );
}
