import { MoreHorizontal, Pencil, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { knowledgeApi, type Collection } from '../api/knowledge';
import { Problem } from '../api/problem';
import controls from '../styles/controls.module.css';
import { Confirm } from '../ui/Confirm';
import { Badge, DetailPage, Section, Wait } from '../ui/DetailPage';
import { Menu } from '../ui/Menu';
import { Failure } from '../ui/Notice';
import { EditCollection } from './CollectionDialogs';
import css from './Collection.module.css';
import { Documents } from './Documents';
import { IngestList } from './IngestList';
import { useCollection, useRefresh } from './queries';
import { UploadZone } from './UploadZone';

const back = { to: '/knowledge', label: 'Back to the collections' };

export function CollectionPage() {
  const { id = '' } = useParams();
  const collection = useCollection(id);
  if (collection.data) return <Page key={id} collection={collection.data} />;
  return (
    <DetailPage title={collection.error instanceof Problem && collection.error.status === 404 ? 'No such collection' : 'Collection'} back={back}>
      {collection.isError ? <Failure error={collection.error} retry={() => void collection.refetch()} /> : <Wait />}
    </DetailPage>
  );
}

function Page({ collection: c }: { collection: Collection }) {
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const facts: readonly [string, string][] = [
    ['Documents', c.documents.toLocaleString('en')], ['Passages', c.chunks.toLocaleString('en')], ['Domain', c.domain],
    ['Embedding model', `${c.embedding}, ${c.dimensions} dimensions`],
  ];
  return (
    <DetailPage title={c.name} lead={c.id} back={back} actions={<>
      {c.builtIn && <Badge>Built in</Badge>}
      <Link to={`/knowledge/search?in=${c.id}`} className={controls.button}><Search size={15} aria-hidden />Search here</Link>
      {!c.builtIn && <Menu label="Collection actions" className={controls.icon} trigger={<MoreHorizontal size={18} aria-hidden />} items={[
        { label: 'Edit', icon: Pencil, onSelect: () => { setOpen('edit'); } },
        { label: 'Delete', icon: Trash2, danger: true, onSelect: () => { setOpen('delete'); } },
      ]} />}
    </>}>
      {c.description !== '' && <p className={css.about}>{c.description}</p>}
      <dl className={css.facts}>{facts.map(([k, v]) => <div key={k}><dt>{k}</dt><dd className="num">{v}</dd></div>)}</dl>
      {c.building !== null && <p className={css.building}><Badge kind="warn">Indexing anew</Badge> with {c.building}. Searches read the present index until that is complete.</p>}
      {!c.builtIn && <UploadZone collection={c.id} />}
      <IngestList collection={c.id} />
      <Section title="Documents"><Documents collection={c} /></Section>
      {open === 'edit' && <EditCollection collection={c} onClose={() => { setOpen(undefined); }} />}
      {open === 'delete' && (
        <Confirm title={`Delete “${c.name}”?`} act="Delete" acting="Deleting" run={() => knowledgeApi.removeCollection(c.id)}
          onClose={(done) => { setOpen(undefined); if (done) { void navigate('/knowledge', { replace: true }); refresh(); } }}>
          Its {c.documents.toLocaleString('en')} documents are removed with every passage and vector. Experts find nothing there any more, and citations into it cannot be opened. This cannot be undone.
        </Confirm>
      )}
    </DetailPage>
  );
}
