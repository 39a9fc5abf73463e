import { Link } from 'react-router';
import type { Minority, Panel, PanelOutcome } from '../../api/panels';
import type { Citation } from '../../api/types';
import { SourcesContext } from '../../chat/Cite';
import { Confidence } from '../../chat/Confidence';
import { Markdown } from '../../chat/Markdown';
import { Sources } from '../../chat/Sources';
import { Thumbs } from '../../feedback/Thumbs';
import { Badge, Section } from '../../ui/DetailPage';
import { Mark } from '../SeatCard';
import { Sure, useSources } from '../SaidBody';
import { absenceWords, byRule, decisionWords, decimal, percent, phaseName, plain, roleName, stoppedWords } from '../words';
import { Cost } from './Cost';
import css from './Outcome.module.css';
import { RuleNumbers } from './RuleNumbers';

/** What came of a panel. What was decided and what was held against it stand side by side, in the same size. */
export function Outcome({ panel, outcome: o }: { panel: Panel; outcome: PanelOutcome }) {
  const nameOf = (seat: string) => panel.seats.find((s) => s.id === seat)?.name ?? seat;
  const [decision, kind] = decisionWords[o.decision];
  return (
    <>
      <div className={css.pair}>
        <section className={css.side} data-side="answer" aria-label="Answer">
          <header><h2>{o.decision === 'undecided' ? 'The strongest position' : 'The answer'}</h2><Badge kind={kind}>{decision}</Badge></header>
          {o.answer === null ? <p className={css.quiet}>Too few seats were there, so the panel gives no answer.</p> : <Cited citations={o.citations}><Markdown text={o.answer} /><Sources citations={o.citations} /></Cited>}
          <footer>{o.confidence && <Confidence value={o.confidence} />}</footer>
        </section>
        <section className={css.side} aria-label="Minority report">
          <header><h2>Minority report</h2>{o.minorityReport.length > 0 && <Badge>{percent(o.minorityReport.reduce((sum, m) => sum + m.share, 0))} of the weight</Badge>}</header>
          {o.minorityReport.length === 0 && <p className={css.quiet}>No seat holds another position.</p>}
          {o.minorityReport.map((m) => <Other key={m.seats.join()} m={m} nameOf={nameOf} />)}
        </section>
      </div>
      <Section title="Recommendation">
        <div className={css.recommendation}>
          <Cited citations={o.citations}><Markdown text={o.recommendation.text} /></Cited>
          {o.recommendation.grounds.length > 0 && <><h3>Because</h3><ul>{o.recommendation.grounds.map((g) => <li key={g}>{g}</li>)}</ul></>}
        </div>
      </Section>
      <Section title="How it was decided" hint={`By ${byRule(o.rule.name)}${stoppedWords[o.rule.stopped] ?? `, ${o.rule.stopped}`}${o.rule.cycles > 1 ? `, after ${o.rule.cycles} passes` : ''}.`}>
        <RuleNumbers rule={o.rule} nameOf={nameOf} />
      </Section>
      {o.positions.length > 0 && (
        <Section title="Where each seat stands" hint="Was a seat right? Your judgement changes what its voice counts next time.">
          <ul className={css.positions}>
            {o.positions.map((p) => {
              const seat = panel.seats.find((s) => s.id === p.seat);
              return (
                <li key={p.seat}>
                  {seat && <Mark seat={seat} />}
                  <div className={css.position}><b>{p.name}</b>{p.role !== 'member' && <small> {roleName(p.role)}</small>}<p>{p.estimate != null && <b className="num">{decimal(p.estimate)}. </b>}{p.stance ?? plain(p.answer)}</p></div>
                  <span className={css.sure}>{p.confidence !== null && <Sure value={p.confidence} calibrated={false} />}</span>
                  <Thumbs target={{ type: 'panel_turn', id: panel.runId, part: p.seat }} what={`position of ${p.name}`} />
                </li>
              );
            })}
          </ul>
        </Section>
      )}
      <Section title="Cost and course"><Cost panel={panel} outcome={o} nameOf={nameOf} /></Section>
      {o.absent.length > 0 && (
        <Section title="Absent">
          <ul className={css.absent}>{o.absent.map((a) => <li key={`${a.seat}${a.round}`}><b>{nameOf(a.seat)}</b> in round {a.round}, {phaseName(o.timeline.find((t) => t.round === a.round)?.phase ?? 'speak').toLowerCase()}: {absenceWords(a.reason).toLowerCase()}</li>)}</ul>
        </Section>
      )}
      {panel.precedents.length > 0 && (
        <Section title="Precedents" hint="What the panel was told of its earlier outcomes.">
          <ul className={css.absent}>{panel.precedents.map((p) => <li key={p.panelId}><Link to={`/panels/in/${p.panelId}`}>{p.question}</Link></li>)}</ul>
        </Section>
      )}
    </>
  );
}

const Cited = ({ citations, children }: { citations: readonly Citation[]; children: React.ReactNode }) => <SourcesContext value={useSources(citations)}>{children}</SourcesContext>;

const Other = ({ m, nameOf }: { m: Minority; nameOf: (seat: string) => string }) => (
  <article className={css.other}>
    <p className={css.holders}><b>{m.seats.map(nameOf).join(', ')}</b><span className="num">{percent(m.share)}</span></p>
    {m.stance !== null && <h3>{m.stance}</h3>}
    <Cited citations={m.evidence}><Markdown text={m.answer} />
      {m.objections.length > 0 && <><h4>Holds against the answer</h4><ul>{m.objections.map((x) => <li key={x}>{x}</li>)}</ul></>}
      <Sources citations={m.evidence} label="Evidence" />
    </Cited>
    {m.confidence !== null && <footer><Sure value={m.confidence} calibrated={false} /></footer>}
  </article>
);
