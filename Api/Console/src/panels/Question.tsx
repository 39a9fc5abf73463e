import { Link } from 'react-router';
import type { Panel } from '../api/panels';
import { protocolOf, rules } from './words';
import css from './Question.module.css';

const moment = (at: string) => new Date(at).toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** What is asked, and by which rules it will be answered. */
export function Question({ panel: p }: { panel: Panel }) {
  const protocol = protocolOf(p.protocol);
  const rule = p.rule === null ? undefined : rules[p.rule]?.[0] ?? p.rule;
  return (
    <section className={css.asked} aria-label="Question">
      <h2 className={css.question} data-short={p.question.length <= 72 || undefined}>{p.question}</h2>
      <dl className={css.facts}>
        <div><dt>Protocol</dt><dd title={protocol.sentence}>{protocol.name}{rule !== undefined && `, ${rule.toLowerCase()}`}</dd></div>
        <div><dt>Quorum</dt><dd className="num">{p.quorum} {p.quorum === 1 ? 'seat' : 'seats'}</dd></div>
        {protocol.cycles !== undefined && <div><dt>Passes</dt><dd className="num">{p.cycles} at most</dd></div>}
        <div><dt>Convened</dt><dd className="num"><time dateTime={p.convenedAt}>{moment(p.convenedAt)}</time></dd></div>
        {p.endedAt === null && <div><dt>Ends by</dt><dd className="num"><time dateTime={p.deadline}>{moment(p.deadline)}</time></dd></div>}
        {p.standing !== null && <div><dt>Standing panel</dt><dd><Link to={`/panels/standing/${p.standing}`}>{p.standing}</Link></dd></div>}
        {p.session !== null && <div><dt>Convened from</dt><dd><Link to={`/sessions/${p.session}`}>a conversation</Link></dd></div>}
      </dl>
    </section>
  );
}
