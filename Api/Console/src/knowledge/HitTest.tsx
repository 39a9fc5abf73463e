import { useQuery } from '@tanstack/react-query';
import { ChevronRight, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { knowledgeApi, type Collection, type Passage } from '../api/knowledge';
import controls from '../styles/controls.module.css';
import { DetailPage, Empty, Wait } from '../ui/DetailPage';
import { Field } from '../ui/Field';
import { Failure } from '../ui/Notice';
import { Signals } from '../ui/Signals';
import { DocumentSheet, type Place } from './DocumentSheet';
import { Fields } from './Fields';
import css from './HitTest.module.css';
import { useCollections } from './queries';
import { filtersIn, highlights, searchOf } from './search';

/** A search as an expert would make it, with how every score came about. The address holds all of it. */
export function HitTest() {
  const [params, setParams] = useSearchParams();
  const collections = useCollections();
  const search = searchOf(params, collections.data?.map((c) => c.id) ?? []);
  const found = useQuery({ queryKey: ['hits', search], queryFn: ({ signal }) => search ? knowledgeApi.search(search, signal) : Promise.reject(new Error('nothing asked')), enabled: search !== undefined });
  const [shown, setShown] = useState<Place & { id: string; title: string }>();
  const passages = found.data?.items ?? [];
  const most = (name: string) => Math.max(...passages.map((p) => p.signals?.[name] ?? 0));

  return (
    <DetailPage title="Try a search" lead="What experts find for a question, and why in this order" back={{ to: '/knowledge', label: 'Back to the collections' }}>
      {collections.isError ? <Failure error={collections.error} retry={() => void collections.refetch()} />
        : <Form key={params.toString()} params={params} collections={collections.data ?? []} busy={found.isFetching} onSearch={setParams} />}
      <div aria-live="polite" className={css.results}>
        {search !== undefined && found.isPending && <Wait />}
        {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && passages.length === 0 && <Empty title="Nothing found">No passage fits this question{filtersIn(params) > 0 ? ' and these filters' : ''}. An expert would have to say so.</Empty>}
        {passages.length > 0 && <h2 className={css.count}>{passages.length === 1 ? 'One passage' : `${passages.length} passages`}, best first</h2>}
        <ol className={css.passages}>
          {passages.map((p, i) => (
            <li key={`${p.documentId}-${p.start}`}>
              <Hit passage={p} rank={i + 1} query={search?.query ?? ''} most={most} open={() => { setShown({ id: p.documentId, title: p.title, quote: p.text, start: p.start, end: p.start + p.text.length }); }} />
            </li>
          ))}
        </ol>
      </div>
      {shown && <DocumentSheet id={shown.id} title={shown.title} place={shown} onClose={() => { setShown(undefined); }} />}
    </DetailPage>
  );
}

function Hit({ passage: p, rank, query, most, open }: { passage: Passage; rank: number; query: string; most: (name: string) => number; open: () => void }) {
  return (
    <article className={css.hit}>
      <header>
        <span className={`num ${css.rank ?? ''}`} aria-hidden>{rank}</span>
        <div><h3><button type="button" onClick={open} title="Open the document at this place">{p.title}</button></h3><p>{p.heading === '' ? p.documentId : p.heading}</p></div>
        <span className={`num ${css.score ?? ''}`} title="Comparable within this list only">{p.score.toFixed(3)}</span>
      </header>
      <blockquote>{highlights(p.text, query).map((t, i) => i % 2 === 1 ? <mark key={i}>{t}</mark> : t)}</blockquote>
      {p.fields && <Fields fields={p.fields} />}
      {p.signals && (
        <details>
          <summary><ChevronRight size={13} aria-hidden />Why it stands here</summary>
          <Signals values={p.signals} most={most} />
          <p>Each bar is measured against the highest of this list.</p>
        </details>
      )}
    </article>
  );
}

const lists = [['population', 'Population', 'adults, children'], ['jurisdiction', 'Jurisdiction', 'eu, us'], ['language', 'Language', 'en']] as const;

function Form({ params, collections, busy, onSearch }: { params: URLSearchParams; collections: readonly Collection[]; busy: boolean; onSearch: (p: URLSearchParams) => void }) {
  const chosen = params.getAll('in'), filters = filtersIn(params);
  const submit = (form: HTMLFormElement) => {
    const next = new URLSearchParams();
    for (const [k, v] of new FormData(form)) if (typeof v === 'string' && v.trim() !== '' && !(k === 'limit' && v === '10')) next.append(k, v.trim());
    if (next.getAll('in').length === collections.length) next.delete('in');
    onSearch(next);
  };
  return (
    <form className={css.form} onSubmit={(e) => { e.preventDefault(); submit(e.currentTarget); }}>
      <div className={css.ask}>
        <input name="q" className={controls.field} defaultValue={params.get('q') ?? ''} aria-label="Question" placeholder="A question, as a user would ask it" maxLength={8192} required />
        <button type="submit" className={controls.primary} disabled={busy}>{busy ? 'Searching' : 'Search'}</button>
      </div>
      {collections.length > 0 && (
        <fieldset className={css.chips}>
          <legend>Search in</legend>
          {collections.map((c) => <label key={c.id}><input type="checkbox" name="in" value={c.id} defaultChecked={chosen.length === 0 || chosen.includes(c.id)} /><span>{c.name}</span></label>)}
        </fieldset>
      )}
      <details className={css.filters} open={filters > 0}>
        <summary><SlidersHorizontal size={14} aria-hidden />Filters{filters > 0 && <span className="num"> ({filters})</span>}</summary>
        <div className={css.grid}>
          <Field label="Evidence at least">{(id) => <select id={id} name="evidence" className={controls.field} defaultValue={params.get('evidence') ?? ''}><option value="">Any</option>{['1', '2', '3', '4', '5'].map((l) => <option key={l} value={l}>Level {l}{l === '1' ? '' : ' or better'}</option>)}</select>}</Field>
          {lists.map(([name, label, example]) => <Field key={name} label={label}>{(id) => <input id={id} name={name} className={controls.field} defaultValue={params.get(name) ?? ''} placeholder={example} />}</Field>)}
          <Field label="Published from">{(id) => <input id={id} name="from" type="date" className={controls.field} defaultValue={params.get('from') ?? ''} />}</Field>
          <Field label="Published until">{(id) => <input id={id} name="until" type="date" className={controls.field} defaultValue={params.get('until') ?? ''} />}</Field>
          <Field label="At most">{(id) => <select id={id} name="limit" className={controls.field} defaultValue={params.get('limit') ?? '10'}>{[5, 10, 20, 50].map((n) => <option key={n} value={n}>{n} passages</option>)}</select>}</Field>
          <label className={css.check}><input type="checkbox" name="retracted" value="yes" defaultChecked={params.get('retracted') === 'yes'} />Retracted documents too</label>
        </div>
      </details>
    </form>
  );
}
