import { useAgentName } from '../agents/queries';
import type { AgentSelection } from '../api/selection';
import { Signals } from '../ui/Signals';
import css from './Scores.module.css';

const decisions: Record<AgentSelection['decision'], string> = {
  one: 'One expert fits best',
  several: 'Several experts fit',
  ask: 'It is not clear whom to ask',
  none: 'No expert here covers this',
};
export const decisionWords = (s: AgentSelection) => decisions[s.decision];

const margin = (s: AgentSelection) => s.scores.length < 2 ? undefined : `${s.margin.toFixed(2)} ahead of the next`;
const learned = (n: number) => n === 0 ? 'weights as shipped' : `weights learned from ${n.toLocaleString('en')} ${n === 1 ? 'judgement' : 'judgements'}`;

/** How a choice came about, in a line. */
export const methodWords = (s: AgentSelection) =>
  [margin(s), s.method === 'model' ? 'a model decided among these' : 'decided by score', learned(s.ranker)].filter((x) => x !== undefined).join(', ');

/** Every candidate with its score; what a score was computed from is a press away. */
export function Scores({ selection: s, at = 5 }: { selection: AgentSelection; at?: number }) {
  const nameOf = useAgentName();
  return (
    <ol className={css.scores} aria-label="Candidates">
      {s.scores.slice(0, at).map((c) => (
        <li key={c.agent} data-chosen={s.agents.includes(c.agent) || undefined}>
          <details>
            <summary><span>{nameOf(c.agent)}{s.agents.includes(c.agent) && <span className="sr">, chosen</span>}</span><meter min={0} max={1} value={c.score} aria-label={`Score of ${nameOf(c.agent)}`} /><span className="num">{c.score.toFixed(2)}</span></summary>
            <Signals values={c.signals} most={(name) => Math.max(1, ...s.scores.map((x) => x.signals[name] ?? 0))} />
          </details>
        </li>
      ))}
    </ol>
  );
}
