import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { knowledgeApi, type Collection, type DocumentEntry } from '../api/knowledge';
import controls from '../styles/controls.module.css';
import { Confirm } from '../ui/Confirm';
import { Empty, Wait } from '../ui/DetailPage';
import { NextPage } from '../ui/NextPage';
import { Failure } from '../ui/Notice';
import css from './Collection.module.css';
import { DocumentSheet } from './DocumentSheet';
import { Fields } from './Fields';
import { useDocuments, useRefresh } from './queries';

const kinds: Readonly<Record<string, string>> = { 'text/plain': 'Text', 'text/markdown': 'Markdown', 'text/html': 'Web page', 'application/json': 'JSON', 'application/pdf': 'PDF' };
const about = (d: DocumentEntry) => [
  kinds[d.mediaType] ?? d.mediaType, `${d.characters.toLocaleString('en')} characters`, `${d.chunks.toLocaleString('en')} ${d.chunks === 1 ? 'passage' : 'passages'}`,
  new Date(d.ingestedAt).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' }),
].join(', ');

export function Documents({ collection: c }: { collection: Collection }) {
  const documents = useDocuments(c.id);
  const refresh = useRefresh();
  const [shown, setShown] = useState<DocumentEntry>();
  const [leaving, setLeaving] = useState<DocumentEntry>();
  const items = documents.data?.pages.flatMap((p) => p.items) ?? [];
  if (documents.isPending) return <Wait />;
  if (documents.isError) return <Failure error={documents.error} retry={() => void documents.refetch()} />;
  if (items.length === 0) return <Empty title="No documents yet">{c.builtIn ? 'This collection is shipped empty.' : 'Add files above; experts can cite them as soon as they are taken in.'}</Empty>;
  return (
    <>
      <ul className={css.documents} aria-label={`Documents of ${c.name}`}>
        {items.map((d) => (
          <li key={d.id}>
            <button type="button" className={css.document} onClick={() => { setShown(d); }}><b>{d.title}</b><small className="num">{about(d)}</small><Fields fields={d.fields} /></button>
            {!c.builtIn && <button type="button" className={controls.icon} aria-label={`Delete ${d.title}`} onClick={() => { setLeaving(d); }}><Trash2 size={15} aria-hidden /></button>}
          </li>
        ))}
      </ul>
      {documents.hasNextPage && <NextPage busy={documents.isFetchingNextPage} load={() => void documents.fetchNextPage()} />}
      {shown && <DocumentSheet id={shown.id} title={shown.title} onClose={() => { setShown(undefined); }} />}
      {leaving && (
        <Confirm title={`Delete “${leaving.title}”?`} act="Delete" acting="Deleting" run={() => knowledgeApi.removeDocument(leaving.id)} onClose={(done) => { setLeaving(undefined); if (done) refresh(); }}>
          Every passage and vector of it is removed. Answers that cite it keep their quotes, but the document cannot be opened any more.
        </Confirm>
      )}
    </>
  );
}
