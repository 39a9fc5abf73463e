import { Plus, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { NextPage } from '../ui/NextPage';
import { Failure } from '../ui/Notice';
import { useSettled } from '../ui/useSettled';
import { useSessions } from './queries';
import { SessionRow } from './SessionRow';
import css from './Sessions.module.css';
import { groupOf } from './when';

/** Up and down walk through the conversations; Ctrl+K searches and Ctrl+Shift+O begins a new one, from everywhere. */
function useKeys(search: React.RefObject<HTMLInputElement | null>) {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (!(e.ctrlKey || e.metaKey)) return;
      if (e.key.toLowerCase() === 'k' && !e.shiftKey) { e.preventDefault(); search.current?.focus(); search.current?.select(); }
      if (e.key.toLowerCase() === 'o' && e.shiftKey) { e.preventDefault(); void navigate('/sessions/new'); }
    };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, [navigate, search]);
}

function walk(e: React.KeyboardEvent<HTMLElement>): void {
  if (e.defaultPrevented || (e.key !== 'ArrowDown' && e.key !== 'ArrowUp')) return; // an open menu has its own arrows
  const links = [...e.currentTarget.querySelectorAll<HTMLElement>('li a')];
  const at = links.findIndex((l) => l.contains(document.activeElement));
  const next = links[e.key === 'ArrowDown' ? at + 1 : Math.max(0, at - 1)];
  if (next) { e.preventDefault(); next.focus(); }
}

export function SessionList({ alone }: { alone: boolean }) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), 250);
  const list = useSessions(q);
  const search = useRef<HTMLInputElement>(null);
  useKeys(search);
  const sessions = list.data?.pages.flatMap((p) => p.items) ?? [];
  const now = new Date();
  // On a phone the list is the page, so its heading is the page's.
  const [Heading, GroupHeading] = alone ? ['h1', 'h2'] as const : ['h2', 'h3'] as const;
  const groups = Object.entries(Object.groupBy(sessions, (s) => q === '' ? groupOf(s.updatedAt, now) : 'Results'));

  return (
    <section className={css.list} aria-label="Conversations" onKeyDown={walk}>
      <div className={css.top}>
        <Heading>Conversations</Heading>
        <Link to="/sessions/new" className={css.new} title="New conversation (Ctrl+Shift+O)" aria-label="New conversation"><Plus size={16} aria-hidden />New</Link>
      </div>
      <div className={css.search}>
        <Search size={15} aria-hidden />
        <input ref={search} type="search" value={typed} onChange={(e) => { setTyped(e.target.value); }} aria-label="Search conversations" placeholder="Search" title="Search (Ctrl+K)"
          onKeyDown={(e) => { if (e.key === 'Escape') setTyped(''); }} />
      </div>
      <div className={css.scroll} aria-busy={list.isFetching}>
        {list.isPending && <div className={css.wait} aria-hidden><i /><i /><i /><i /></div>}
        {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && sessions.length === 0 && (q === ''
          ? <p className={css.none}><strong>No conversations yet</strong>Ask an expert, and the conversation is kept here.</p>
          : <p className={css.none}><strong>Nothing found</strong>No conversation contains “{q}”.</p>)}
        {groups.map(([name, items]) => (
          <div key={name}>
            <GroupHeading className={css.group}>{name}</GroupHeading>
            <ul>{items?.map((s) => <SessionRow key={s.id} session={s} now={now} />)}</ul>
          </div>
        ))}
        {list.hasNextPage && <NextPage busy={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />}
      </div>
    </section>
  );
}
