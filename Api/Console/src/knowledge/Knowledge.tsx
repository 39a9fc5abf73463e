import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { NavLink, useNavigate } from 'react-router';
import type { Collection } from '../api/knowledge';
import { Badge } from '../ui/DetailPage';
import { Failure } from '../ui/Notice';
import { Pane, PaneWait, Split, split } from '../ui/Split';
import { NewCollection } from './CollectionDialogs';
import { useCollections } from './queries';

const counts = (c: Collection) => `${c.documents.toLocaleString('en')} ${c.documents === 1 ? 'document' : 'documents'}, ${c.domain}`;

function Row({ collection: c }: { collection: Collection }) {
  return (
    <li>
      <NavLink to={`/knowledge/in/${c.id}`} className={split.row}>
        <span className={split.line}><b>{c.name}</b>{c.builtIn && <Badge>Built in</Badge>}{c.building !== null && <Badge kind="warn">Indexing</Badge>}</span>
        <span className={split.under}>{counts(c)}</span>
      </NavLink>
    </li>
  );
}

export function Knowledge() {
  const collections = useCollections();
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <Split root="/knowledge" list={(alone) => (
        <Pane label="Knowledge" alone={alone} busy={collections.isFetching}
          action={<button type="button" className={split.new} onClick={() => { setAdding(true); }} aria-label="New collection"><Plus size={16} aria-hidden />New</button>}
          tools={<NavLink to="/knowledge/search" className={split.jump}><Search size={16} aria-hidden />Try a search</NavLink>}>
          {collections.isPending && <PaneWait />}
          {collections.isError && <Failure error={collections.error} retry={() => void collections.refetch()} />}
          {collections.data?.length === 0 && <p className={split.none}><strong>No collections yet</strong>A collection holds documents that experts search and cite.</p>}
          {collections.data && <ul aria-label="Collections">{collections.data.map((c) => <Row key={c.id} collection={c} />)}</ul>}
        </Pane>
      )} />
      {adding && <NewCollection onClose={(id) => { setAdding(false); if (id !== undefined) void navigate(`/knowledge/in/${id}`); }} />}
    </>
  );
}
