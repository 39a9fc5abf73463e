import { useQuery } from '@tanstack/react-query';
import { Download, MoreHorizontal, Plus, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { memoryApi, type Fact, type Scope } from '../api/memory';
import controls from '../styles/controls.module.css';
import { Confirm } from '../ui/Confirm';
import { DetailPage, Empty, Section, Wait } from '../ui/DetailPage';
import { Menu } from '../ui/Menu';
import { NextPage } from '../ui/NextPage';
import { Failure } from '../ui/Notice';
import { saveFile } from '../ui/saveFile';
import { useSettled } from '../ui/useSettled';
import { FactRow } from './FactRow';
import { FactDialog } from './FactDialog';
import { GraphView } from './GraphView';
import css from './Memory.module.css';
import { useFacts, useForget } from './queries';

const views = [['', 'Remembered'], ['history', 'History'], ['graph', 'Graph']] as const;
const scopes = [['', 'About me'], ['tenant', 'Shared by everyone']] as const;

/** What is remembered, and everything that its owner may do with it. The address holds what is shown. */
export function Memory() {
  const [params] = useSearchParams();
  const view = params.get('view') ?? '', shared = params.get('scope') === 'tenant';
  const scope: Scope = shared ? 'tenant' : undefined;
  const [open, setOpen] = useState<'add' | 'erase' | { failed: unknown }>();
  const [typed, setTyped] = useState('');
  const text = useSettled(typed.trim(), 250);
  const forget = useForget();
  const link = (change: Record<string, string>) => {
    const next = new URLSearchParams({ view, scope: shared ? 'tenant' : '', ...change });
    for (const [k, v] of [...next]) if (v === '') next.delete(k);
    return `/memory${next.size === 0 ? '' : `?${next}`}`;
  };
  const save = () => memoryApi.exported(scope).then((b) => { saveFile(b, shared ? 'memory-shared.jsonl' : 'memory.jsonl'); }, (failed: unknown) => { setOpen({ failed }); });

  return (
    <DetailPage title="Memory" lead={shared ? 'What everyone’s experts may use' : 'What experts may use when they answer you'} actions={<>
      <button type="button" className={controls.button} onClick={() => { setOpen('add'); }}><Plus size={15} aria-hidden />Add</button>
      <Menu label="Memory actions" className={controls.icon} trigger={<MoreHorizontal size={18} aria-hidden />} items={[
        { label: 'Export', icon: Download, onSelect: () => void save() },
        { label: 'Erase everything', icon: Trash2, danger: true, onSelect: () => { setOpen('erase'); } },
      ]} />
    </>}>
      <div className={css.bar}>
        <nav aria-label="Whose memory" className={css.tabs}>{scopes.map(([s, label]) => <Link key={s} to={link({ scope: s })} aria-current={(s === 'tenant') === shared ? 'page' : undefined}>{label}</Link>)}</nav>
        <nav aria-label="View" className={css.tabs}>{views.map(([v, label]) => <Link key={v} to={link({ view: v })} aria-current={v === view ? 'page' : undefined}>{label}</Link>)}</nav>
        {view === '' && (
          <div className={css.search}><Search size={15} aria-hidden /><input type="search" className={controls.field} value={typed} onChange={(e) => { setTyped(e.target.value); }} aria-label="Search what is remembered" placeholder="Search by meaning" maxLength={4000} onKeyDown={(e) => { if (e.key === 'Escape') setTyped(''); }} /></div>
        )}
      </div>
      {typeof open === 'object' && <div className={css.failed}><Failure error={open.failed} retry={() => { setOpen(undefined); void save(); }} /></div>}
      {view === 'graph' ? <GraphView key={scope} scope={scope} /> : view === 'history' ? <History scope={scope} /> : text !== '' ? <Found scope={scope} text={text} /> : <Facts scope={scope} />}
      {open === 'add' && <FactDialog scope={scope} onClose={() => { setOpen(undefined); }} />}
      {open === 'erase' && (
        <Confirm title={shared ? 'Erase everything that is shared?' : 'Erase everything that is remembered of you?'} act="Erase everything" acting="Erasing" run={() => memoryApi.eraseAll(scope)} onClose={(done) => { setOpen(undefined); if (done) forget(); }}>
          Every fact goes, with its history, its relations and its vectors. Conversations stay as they are. This cannot be undone; an export made before keeps a copy.
        </Confirm>
      )}
    </DetailPage>
  );
}

function Pages({ facts, children }: { facts: ReturnType<typeof useFacts>; children: (items: readonly Fact[]) => React.ReactNode }) {
  if (facts.isPending) return <Wait />;
  if (facts.isError) return <Failure error={facts.error} retry={() => void facts.refetch()} />;
  return <>{children(facts.data.pages.flatMap((p) => p.items))}{facts.hasNextPage && <NextPage busy={facts.isFetchingNextPage} load={() => void facts.fetchNextPage()} />}</>;
}

const Rows = ({ label, facts }: { label: string; facts: readonly Fact[] }) => <ul className={css.facts} aria-label={label}>{facts.map((f) => <FactRow key={f.id} fact={f} />)}</ul>;

const Facts = ({ scope }: { scope: Scope }) => (
  <Pages facts={useFacts(scope, false)}>
    {(items) => {
      const proposed = items.filter((f) => f.status === 'proposed'), sure = items.filter((f) => f.status === 'confirmed');
      if (items.length === 0) return <Empty title="Nothing is remembered">What you tell in a conversation and is worth keeping is proposed here, and used only within what you allow.</Empty>;
      return <>
        {proposed.length > 0 && <Section title="To confirm" hint="Noted from a conversation; nobody has looked at it yet."><Rows label="To confirm" facts={proposed} /></Section>}
        {sure.length > 0 && <Section title="Remembered"><Rows label="Remembered" facts={sure} /></Section>}
      </>;
    }}
  </Pages>
);

/** What was corrected or has given way, with what took its place. */
const History = ({ scope }: { scope: Scope }) => (
  <Pages facts={useFacts(scope, true)}>
    {(items) => {
      const old = items.filter((f) => f.status === 'superseded'), byId = new Map(items.map((f) => [f.id, f]));
      if (old.length === 0) return <Empty title="No history yet">A correction does not overwrite: what it replaces is kept here until it is erased.</Empty>;
      return <Section title="History" hint="What held before, and what took its place. None of it is used in answers."><ul className={css.facts} aria-label="History">{old.map((f) => <FactRow key={f.id} fact={f} next={byId.get(f.supersededBy ?? '')} />)}</ul></Section>;
    }}
  </Pages>
);

function Found({ scope, text }: { scope: Scope; text: string }) {
  const found = useQuery({ queryKey: ['memory', scope ?? 'me', 'search', text], queryFn: ({ signal }) => memoryApi.search(scope, text, signal), placeholderData: (previous) => previous });
  if (found.isPending) return <Wait />;
  if (found.isError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  const facts = found.data.items.map((h) => h.fact);
  if (facts.length === 0) return <Empty title="Nothing found">Nothing that is remembered has to do with “{text}”.</Empty>;
  return <Section title="Found" hint="Closest in meaning first."><Rows label="Found" facts={facts} /></Section>;
}
