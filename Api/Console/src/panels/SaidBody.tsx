import { CircleCheck } from 'lucide-react';
import { createContext, use, useMemo } from 'react';
import type { Citation } from '../api/types';
import { SourcesContext, type Sources as Context } from '../chat/Cite';
import confidence from '../chat/Confidence.module.css';
import { Markdown } from '../chat/Markdown';
import { Sources } from '../chat/Sources';
import type { Said } from './room';
import css from './SaidBody.module.css';
import { bandOf, decimal, roleName } from './words';

const none: readonly Citation[] = [];
/** What the labels on ballots stand for, as far as it is known: a label alone tells a reader little. */
export const OptionsContext = createContext<ReadonlyMap<string, string>>(new Map());

/** The page's way to open a source, with the citations of one text. */
export function useSources(citations: readonly Citation[] | undefined): Context {
  const { open } = use(SourcesContext);
  return useMemo(() => ({ citations: citations ?? none, open }), [citations, open]);
}

const bands = ['low', 'medium', 'high'];
/** How sure a seat says it is, in words and as a figure. */
export function Sure({ value, calibrated }: { value: number; calibrated: boolean }) {
  const level = bands.indexOf(bandOf(value));
  return (
    <span className={css.sure} title={calibrated ? 'Calibrated: readers’ feedback shows that this value is right about this often.' : 'As the seat says it; not compared with readers’ feedback.'}>
      <span className={confidence.bars} aria-hidden>{bands.map((b, i) => <i key={b} data-on={i <= level || undefined} />)}</span>
      <span><span className="sr">Confidence </span>{roleName(bandOf(value))} <b className="num">{value.toFixed(2)}</b></span>
      {calibrated && <span className={confidence.tag} data-calibrated>calibrated</span>}
    </span>
  );
}

const choiceWords: Readonly<Record<string, string>> = { accept: 'Accept', minor: 'Minor revision', major: 'Major revision', reject: 'Reject', proposer: 'The proposer prevails', challenger: 'The challenger prevails' };
const pointsTitle: Readonly<Record<string, string>> = { critique: 'Objections', question: 'Questions', review: 'Demands', challenge: 'Objections', answer: 'Assumptions', judge: 'Reasons' };

/** What was said, as its phase has it: a ballot, points, scores, an estimate, and the words. */
export function SaidBody({ words }: { words: Said }) {
  const { said, phase } = words, options = use(OptionsContext);
  const scores = Object.entries(said.scores ?? {}), points = said.points ?? [], ranking = said.ranking ?? [];
  return (
    <div className={css.said}>
      {said.estimate != null && <p className={css.estimate}><b className="num">{decimal(said.estimate)}</b><span>estimated</span></p>}
      {said.choice != null && said.choice !== '' && <p className={css.vote}>{choiceWords[said.choice] === undefined ? 'Votes for' : 'Decides'} <b>{choiceWords[said.choice] ?? said.choice}</b>{options.has(said.choice) && <span className={css.stands}>{options.get(said.choice)}</span>}</p>}
      {ranking.length > 0 && <p className={css.vote}>Ranks {ranking.map((r, i) => <span key={r}>{i > 0 && <span aria-hidden className={css.then}>›</span>}<span className="sr">{i > 0 && ', then '}</span><b>{r}</b></span>)}</p>}
      {scores.length > 0 && <dl className={css.scores}>{scores.map(([c, v]) => <div key={c}><dt>{c}</dt><dd><span className={css.pips} aria-hidden>{[1, 2, 3, 4, 5].map((n) => <i key={n} data-on={n <= v || undefined} />)}</span><span className="num">{v}<span className="sr"> of 5</span></span></dd></div>)}</dl>}
      {said.text !== '' && <Markdown text={said.text} />}
      {points.length > 0 && <div className={css.points}><h4>{pointsTitle[phase] ?? 'Points'}</h4><ul>{points.map((p) => <li key={p}>{p}</li>)}</ul></div>}
      {said.isContent === true && <p className={css.content}><CircleCheck size={13} aria-hidden />Nothing left to {phase === 'question' ? 'ask' : 'object to'}</p>}
      <Sources citations={said.citations ?? none} label="Evidence" />
    </div>
  );
}
