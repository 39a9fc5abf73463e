import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { api } from '../api/client';
import controls from '../styles/controls.module.css';
import { Failure } from '../ui/Notice';
import css from './Collection.module.css';
import { isOver, type Ingest } from './ingest';
import { putAway, useOpenIngests, type OpenIngest } from './openIngests';
import { useRefresh } from './queries';
import { useIngest } from './useIngest';

const documents = (n: number) => `${n.toLocaleString('en')} ${n === 1 ? 'document' : 'documents'}`;
function title(i: Ingest, link: string): string {
  if (link === 'gone') return 'This upload is not known any more';
  switch (i.status) {
    case 'waiting': return `${documents(i.total)}, waiting to be taken in`;
    case 'running': return link === 'reconnecting' ? 'Connection lost, looking again' : `Taking in ${documents(i.total)}`;
    case 'completed': return i.failed > 0 ? `Taken in, but not all of ${documents(i.total)}` : `${documents(i.total)} taken in`;
    case 'cancelled': return `Cancelled; what was taken in stays`;
    case 'failed': return `Stopped. ${i.reason ?? 'What was taken in stays.'}`;
  }
}
const counts = (i: Ingest) => [`${i.done.toLocaleString('en')} of ${i.total.toLocaleString('en')}`, `${i.chunks.toLocaleString('en')} ${i.chunks === 1 ? 'passage' : 'passages'}`,
  ...(i.skipped > 0 ? [`${i.skipped.toLocaleString('en')} unchanged`] : []), ...(i.failed > 0 ? [`${i.failed.toLocaleString('en')} failed`] : [])].join(', ');

/** What is being taken in, or was: a reload finds it again and goes on where the run is. */
export function IngestList({ collection }: { collection: string }) {
  const open = useOpenIngests(collection);
  if (open.length === 0) return null;
  return <ul className={css.ingests} aria-label="Uploads">{open.map((o) => <Row key={o.runId} open={o} />)}</ul>;
}

function Row({ open }: { open: OpenIngest }) {
  const { ingest: i, link } = useIngest(open.runId, open.documents, useRefresh());
  const cancel = useMutation({ mutationFn: () => api.cancel(open.runId) });
  const over = isOver(i) || link === 'gone', words = title(i, link);
  const share = i.total === 0 ? over ? 1 : 0 : Math.min(1, i.done / i.total);
  return (
    <li className={css.ingest}>
      <div className={css.line}>
        <strong role="status">{words}</strong>
        {over ? <button type="button" className={controls.icon} aria-label="Put away" onClick={() => { putAway(open.runId); }}><X size={16} aria-hidden /></button>
          : <button type="button" className={controls.button} disabled={cancel.isPending || cancel.isSuccess} onClick={() => { cancel.mutate(); }}>{cancel.isPending || cancel.isSuccess ? 'Cancelling' : 'Cancel'}</button>}
      </div>
      {link !== 'gone' && <>
        <div className={css.bar} data-status={i.status} role="progressbar" aria-label={words} aria-valuemin={0} aria-valuemax={Math.max(1, i.total)} aria-valuenow={i.done}><i style={{ width: `${share * 100}%` }} /></div>
        <p className={`num ${css.counts ?? ''}`}>{counts(i)}</p>
      </>}
      {cancel.isError && <Failure error={cancel.error} />}
      {i.failures.length > 0 && <ul className={css.failures} tabIndex={0} aria-label="Documents that failed">{i.failures.map((f) => <li key={f.document}><b>{f.document}</b><span>{f.message === '' ? f.code : f.message}</span></li>)}</ul>}
    </li>
  );
}
