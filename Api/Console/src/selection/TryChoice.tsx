import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useAgentName } from '../agents/queries';
import { selectionApi, type AgentSelection } from '../api/selection';
import controls from '../styles/controls.module.css';
import { DetailPage, Section, Wait } from '../ui/DetailPage';
import { Failure, Note } from '../ui/Notice';
import { readable } from '../ui/Signals';
import { decisionWords, methodWords, Scores } from './Scores';
import css from './TryChoice.module.css';

/** Who would be chosen for a question, without asking it; and what the choice goes by. */
export function TryChoice() {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const choice = useQuery({ queryKey: ['learned', 'select', q], queryFn: ({ signal }) => selectionApi.select(q, signal), enabled: q !== '' });
  return (
    <DetailPage title="Who would answer?" lead="Whom “Choose for me” takes for a question, and why" back={{ to: '/experts', label: 'Back to the experts' }}>
      <form key={q} className={css.form} onSubmit={(e) => { e.preventDefault(); const v = new FormData(e.currentTarget).get('q'); setParams(typeof v === 'string' && v.trim() !== '' ? { q: v.trim() } : {}); }}>
        <input name="q" className={controls.field} defaultValue={q} aria-label="Question" placeholder="A question, as a user would ask it" maxLength={8192} required />
        <button type="submit" className={controls.primary} disabled={choice.isFetching}>{choice.isFetching ? 'Choosing' : 'Choose'}</button>
      </form>
      <div aria-live="polite" className={css.outcome}>
        {q !== '' && choice.isPending && <Wait />}
        {choice.isError && <Failure error={choice.error} retry={() => void choice.refetch()} />}
        {choice.data && <Outcome selection={choice.data} />}
      </div>
      <Weights />
    </DetailPage>
  );
}

function Outcome({ selection: s }: { selection: AgentSelection }) {
  const nameOf = useAgentName();
  return (
    <Section title={s.agents.length > 0 ? s.agents.map(nameOf).join(', ') : decisionWords(s)} hint={`${s.agents.length > 0 ? `${decisionWords(s)}; ` : ''}${methodWords(s)}`}>
      {s.question !== null && <Note>It would be asked back: {s.question}</Note>}
      <Scores selection={s} at={10} />
    </Section>
  );
}

/** The weights of the choice, as they were shipped and as judgements have changed them. */
function Weights() {
  const ranker = useQuery({ queryKey: ['learned', 'ranker'], queryFn: ({ signal }) => selectionApi.ranker(signal) });
  const r = ranker.data;
  return (
    <Section title="What the choice goes by" hint={r && (r.labels === 0 ? 'As shipped. Thumbs on a choice, and asking somebody else instead, change these weights for your organisation only.' : `Learned from ${r.labels.toLocaleString('en')} ${r.labels === 1 ? 'judgement' : 'judgements'} of your organisation.`)}>
      {ranker.isPending && <Wait />}
      {ranker.isError && <Failure error={ranker.error} retry={() => void ranker.refetch()} />}
      {r && (
        <table className={css.weights}>
          <caption className="sr">Weights by signal</caption>
          <thead><tr><th scope="col">Signal</th><th scope="col">Shipped</th><th scope="col">Now</th><th scope="col">Change</th></tr></thead>
          <tbody>{Object.entries(r.weights).map(([name, w]) => {
            const before = r.shipped[name] ?? 0, change = w - before;
            return <tr key={name}><th scope="row">{readable(name)}</th><td>{before.toFixed(2)}</td><td>{w.toFixed(2)}</td><td data-change={Math.sign(Math.round(change * 100))}>{Math.abs(change) < 0.005 ? 'none' : `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(2)}`}</td></tr>;
          })}</tbody>
        </table>
      )}
    </Section>
  );
}
