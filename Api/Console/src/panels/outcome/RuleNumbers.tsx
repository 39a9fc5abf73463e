import type { PanelRule } from '../../api/panels';
import { readable } from '../../ui/Signals';
import { percent, rules } from '../words';
import { Agreement } from './Agreement';
import css from './RuleNumbers.module.css';
import { Spread } from './Spread';

interface Props { readonly rule: PanelRule; readonly nameOf: (seat: string) => string }

const verdicts: Readonly<Record<string, string>> = { accept: 'Accept', minor: 'Minor revision', major: 'Major revision', reject: 'Reject', proposer: 'The proposer prevails', challenger: 'The challenger prevails' };

/** The rule with its numbers: only those that the rule has. */
export function RuleNumbers({ rule, nameOf }: Props) {
  return (
    <div className={css.parts}>
      {rule.verdict !== null && <p className={css.verdict}>{verdicts[rule.verdict] ?? rule.verdict}</p>}
      {rule.options.length > 0 && <Votes rule={rule} nameOf={nameOf} />}
      {rule.spread.length > 0 && <Spread spread={rule.spread} />}
      {rule.criteria.length > 0 && <Criteria rule={rule} />}
      {rule.agreement !== null && rule.agreement.clusters.length > 0 && <Agreement agreement={rule.agreement} threshold={rule.options.length > 0 ? null : rule.threshold} nameOf={nameOf} />}
      {rule.assumptions.length > 0 && <div><h3>Found to assume</h3><ul className={css.list}>{rule.assumptions.map((a) => <li key={a}>{a}</li>)}</ul></div>}
      {rule.weights.length > 0 && <Weights rule={rule} nameOf={nameOf} />}
      {rule.tieBreak !== null && <p className={css.note}>There was a tie. It was broken by {readable(rule.tieBreak)}.</p>}
    </div>
  );
}

/** The column that the rule counts is drawn as a bar, and stands first among the figures. */
function Votes({ rule, nameOf }: Props) {
  const counts = rule.name === 'borda' ? 'points' : rule.name === 'weighted' ? 'weight' : 'votes';
  const columns = [['votes', rule.name === 'borda' ? 'First places' : 'Votes'], ['weight', 'Weight'], ['points', 'Borda points']] as const;
  const shown = columns.filter(([k]) => k === counts || rule.options.some((o) => o[k] > 0)).sort(([a], [b]) => Number(b === counts) - Number(a === counts));
  const sorted = [...rule.options].sort((a, b) => b[counts] - a[counts]);
  const most = Math.max(...sorted.map((o) => o[counts]), Number.EPSILON), all = sorted.reduce((n, o) => n + o[counts], 0);
  return (
    <div>
      <h3>The vote</h3>
      <div className={css.wide} tabIndex={0} role="group" aria-label="The vote, as a table">
        <table className={`${css.table ?? ''} ${css.votes ?? ''}`}>
          <caption className="sr">{rules[rule.name]?.[1] ?? 'Options and their votes'}</caption>
          <thead><tr><th scope="col">Option</th>{shown.map(([k, label]) => <th key={k} scope="col">{label}</th>)}<th scope="col">Chosen by</th></tr></thead>
          <tbody>
            {sorted.map((o, i) => (
              <tr key={o.label} data-first={i === 0 || undefined}>
                <th scope="row"><span className={css.option}><b>{o.label}</b><span>{o.text}</span></span>{o.authors.length > 0 && <small>held by {o.authors.map(nameOf).join(', ')}</small>}{o.voters.length > 0 && <small className={css.voters}>chosen by {o.voters.map(nameOf).join(', ')}</small>}<i aria-hidden className={css.bar}><i style={{ width: `${o[counts] / most * 100}%` }} /></i></th>
                {shown.map(([k]) => <td key={k} className="num">{k === 'votes' ? o.votes : o[k].toFixed(2)}{k === counts && all > 0 && counts !== 'points' && <small>{percent(o[k] / all)}</small>}</td>)}
                <td>{o.voters.length === 0 ? <span className={css.nobody}>nobody</span> : o.voters.map(nameOf).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rule.threshold !== null && <p className={css.note}>The rule needs more than {percent(rule.threshold)}.</p>}
    </div>
  );
}

function Weights({ rule, nameOf }: Props) {
  const parts = [...new Set(rule.weights.flatMap((w) => Object.keys(w.parts)))];
  return (
    <details className={css.more}>
      <summary>What each voice counts</summary>
      <div className={css.wide} tabIndex={0} role="group" aria-label="Weights, as a table">
        <table className={css.table}>
          <caption className="sr">What each voice counts: the product of its parts</caption>
          <thead><tr><th scope="col">Seat</th>{parts.map((p) => <th key={p} scope="col">{readable(p)}</th>)}<th scope="col">Weight</th></tr></thead>
          <tbody>{rule.weights.map((w) => <tr key={w.seat}><th scope="row">{nameOf(w.seat)}</th>{parts.map((p) => <td key={p} className="num">{w.parts[p]?.toFixed(2) ?? ''}</td>)}<td className="num"><b>{w.weight.toFixed(2)}</b></td></tr>)}</tbody>
        </table>
      </div>
    </details>
  );
}

const Criteria = ({ rule }: { rule: PanelRule }) => (
  <div>
    <h3>Scores</h3>
    <table className={css.table}>
      <caption className="sr">Scores by criterion, from 1 to 5</caption>
      <thead><tr><th scope="col">Criterion</th><th scope="col">Mean</th><th scope="col">Lowest to highest</th></tr></thead>
      <tbody>{rule.criteria.map((c) => (
        <tr key={c.criterion}><th scope="row">{c.criterion}</th><td className="num">{c.mean.toFixed(2)}</td>
          <td><span className={css.range} aria-hidden><i style={{ left: `${(c.lowest - 1) * 25}%`, right: `${100 - (c.highest - 1) * 25}%` }} /><b style={{ left: `${(c.mean - 1) * 25}%` }} /></span><span className="num">{c.lowest} to {c.highest}</span></td></tr>
      ))}</tbody>
    </table>
  </div>
);
