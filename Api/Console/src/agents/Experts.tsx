import { useQuery } from '@tanstack/react-query';
import { Route, Search } from 'lucide-react';
import { useState } from 'react';
import { NavLink } from 'react-router';
import { selectionApi } from '../api/selection';
import { Failure } from '../ui/Notice';
import { Pane, PaneWait, Split, split } from '../ui/Split';
import { useSettled } from '../ui/useSettled';
import { useAgents } from './queries';

/** The catalogue: all experts, or those that a search finds, with the words that found them. */
export function Experts() {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), 250);
  const agents = useAgents();
  const found = useExpertSearch(q);
  const rows = q === '' ? agents.data?.map((a) => ({ id: a.id, name: a.name, under: a.domains.join(', '), score: undefined }))
    : found.data?.items.map((h) => ({ id: h.agent, name: h.name, under: h.matched.length > 0 ? h.matched.join(', ') : h.description, score: h.score }));
  const shown = q === '' ? agents : found;
  return (
    <Split root="/experts" list={(alone) => (
      <Pane label="Experts" alone={alone} busy={shown.isFetching} tools={<>
        <div className={split.search}><Search size={15} aria-hidden /><input type="search" value={typed} onChange={(e) => { setTyped(e.target.value); }} aria-label="Search experts" placeholder="Search by what they know" maxLength={8192} onKeyDown={(e) => { if (e.key === 'Escape') setTyped(''); }} /></div>
        <NavLink to="/experts/choice" className={split.jump}><Route size={16} aria-hidden />Who would answer?</NavLink>
      </>}>
        {shown.isPending && <PaneWait />}
        {shown.isError && <Failure error={shown.error} retry={() => void shown.refetch()} />}
        {rows?.length === 0 && <p className={split.none}>{q === '' ? <><strong>No experts yet</strong>An administrator can publish one.</> : <><strong>Nothing found</strong>No expert here covers “{q}”.</>}</p>}
        {rows && <ul aria-label={q === '' ? 'Experts' : 'Found experts'}>{rows.map((r) => (
          <li key={r.id}><NavLink to={`/experts/is/${r.id}${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`} className={split.row}>
            <span className={split.line}><b>{r.name}</b>{r.score !== undefined && <small className="num">{r.score.toFixed(3)}</small>}</span>
            <span className={split.under}>{r.under}&nbsp;</span>
          </NavLink></li>
        ))}</ul>}
      </Pane>
    )} />
  );
}

export const useExpertSearch = (q: string) => useQuery({ queryKey: ['experts', q], queryFn: ({ signal }) => selectionApi.search(q, signal), enabled: q !== '', staleTime: 60_000, placeholderData: (previous) => previous });
