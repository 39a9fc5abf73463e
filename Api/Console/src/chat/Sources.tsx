import { use } from 'react';
import type { Citation } from '../api/types';
import { SourcesContext, supportWords } from './Cite';
import css from './Turn.module.css';

function Source({ c }: { c: Citation }) {
  const { open } = use(SourcesContext);
  const inner = <><b className="num">{c.n}</b><span>{c.title}</span><span className="sr">. {supportWords[c.support]}.</span></>;
  if (typeof c.documentId === 'string') return <button type="button" className={css.source} data-support={c.support} title={supportWords[c.support]} onClick={() => { open(c); }}>{inner}</button>;
  if (typeof c.url === 'string' && /^https?:\/\//i.test(c.url)) return <a className={css.source} data-support={c.support} href={c.url} target="_blank" rel="noopener noreferrer nofollow">{inner}</a>;
  return <span className={css.source} data-support={c.support}>{inner}</span>;
}

/** What a text rests on. A passage that is cited twice is one source. */
export function Sources({ citations, label = 'Sources' }: { citations: readonly Citation[]; label?: string }) {
  const listed = citations.filter((c, at) => citations.findIndex((other) => other.n === c.n) === at);
  return listed.length === 0 ? null : <ul className={css.sources} aria-label={label}>{listed.map((c) => <li key={c.n}><Source c={c} /></li>)}</ul>;
}
