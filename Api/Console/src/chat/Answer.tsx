import { Check, Copy, GitFork } from 'lucide-react';
import { memo, useMemo, type ReactNode } from 'react';
import { auto } from '../agents/queries';
import type { Citation, CitationCounts, Message, Usage } from '../api/types';
import { Thumbs } from '../feedback/Thumbs';
import { Instead, Why } from '../selection/Why';
import { SourcesContext } from './Cite';
import { Confidence } from './Confidence';
import { Markdown } from './Markdown';
import { money } from './outcome';
import { Sources } from './Sources';
import type { Draft, Run } from './state';
import { Steps } from './Steps';
import css from './Turn.module.css';
import { useCopied } from './useCopied';

export interface Actions { readonly fork: (messageId: string) => void; readonly forking: boolean; readonly open: (c: Citation) => void; readonly ask: (content: string, agent: string) => void }

export const Who = ({ name, at, children }: { name: string; at?: string; children?: ReactNode }) => (
  <header className={css.who}>
    <span className={css.mark} aria-hidden>{name.split(/\s+/).map((w) => w[0]).join('').slice(0, 2).toUpperCase()}</span><b>{name}</b>
    {at !== undefined && at !== '' && <time className="num" dateTime={at}>{new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })}</time>}
    {children}
  </header>
);

export function Tools({ message, actions }: { message: Message; actions: Actions }) {
  const [copied, copy] = useCopied(() => message.content);
  const what = message.role === 'assistant' ? 'answer' : 'question';
  return (
    <div className={css.tools}>
      <button type="button" className={css.tool} onClick={copy} aria-label={copied ? 'Copied' : `Copy this ${what}`}>{copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}{message.role === 'assistant' && (copied ? 'Copied' : 'Copy')}</button>
      <button type="button" className={css.tool} disabled={actions.forking} onClick={() => { actions.fork(message.id); }} aria-label={`Fork from this ${what}`} title="Go on from here in a new conversation"><GitFork size={13} aria-hidden />{message.role === 'assistant' && 'Fork'}</button>
    </div>
  );
}

const tokens = (u: Usage) => `${u.inputTokens.toLocaleString('en')} in, ${u.outputTokens.toLocaleString('en')} out${u.microUsd === undefined ? '' : `, ${money(u.microUsd)}`}`;

const checked = (c: CitationCounts) => [[c.supported, 'supported'], [c.partial, 'in part'], [c.removed, 'removed']]
  .filter(([n]) => n !== 0).map(([n, word]) => `${n} ${word}`).join(', ');

interface Props { readonly message: Message; readonly run: Run | undefined; readonly name: string; readonly question: string | undefined; readonly selects: boolean; readonly actions: Actions }

export const Answer = memo(function Answer({ message, run, name, question, selects, actions }: Props) {
  const { id, citations, confidence, citationCounts: counts } = message;
  const sources = useMemo(() => ({ citations, open: actions.open, messageId: id }), [citations, actions.open, id]);
  const ask = question === undefined ? undefined : (agent: string) => { actions.ask(question, agent); };
  const runId = run?.id ?? message.runId;
  return (
    <SourcesContext value={sources}>
      <div className={css.answer}>
        <Who name={name} at={message.at}>{runId !== null && (run?.chosen !== undefined || selects) && <Why runId={runId} chosen={run?.chosen} ask={ask} />}</Who>
        <Steps steps={run?.steps ?? []} live={false} />
        <Markdown text={message.content} />
        {run?.chosen?.reply != null && ask && <Instead chosen={run.chosen} ask={ask} />}
        <Sources citations={citations} />
        <footer className={css.foot}>
          <div className={css.tools}><Tools message={message} actions={actions} /><Thumbs target={{ type: 'message', id }} what="answer" /></div>
          <div className={css.facts}>
            {run?.usage && run.usage.inputTokens + run.usage.outputTokens > 0 && <span className="num" title="Tokens and cost of this answer">{tokens(run.usage)}</span>}
            {counts && checked(counts) !== '' && <span className="num" title="Citations checked against their sources">Citations: {checked(counts)}</span>}
            {confidence && <Confidence value={confidence} />}
          </div>
        </footer>
      </div>
    </SourcesContext>
  );
});

/** An answer on its way. Its marks [1] become sources once the whole has been checked. */
export function Writing({ draft, run, name, live }: { draft: Draft | undefined; run: Run | undefined; name: string; live: boolean }) {
  const text = draft?.text ?? '';
  return (
    <div className={css.answer} aria-busy={live}>
      <Who name={name} />
      <Steps steps={run?.steps ?? []} live={live} />
      {text !== '' ? <Markdown text={text} live={live} /> : live && <p className={css.thinking}><i aria-hidden />{(run?.steps.length ?? 0) > 0 ? 'Writing' : run?.agent === auto ? 'Choosing the expert' : 'Reading the question'}</p>}
    </div>
  );
}
