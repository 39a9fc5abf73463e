import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { panelsApi, type Panel, type SeatBrief } from '../../api/panels';
import { SourcesContext } from '../../chat/Cite';
import { keepDraft, useDraft } from '../../chat/drafts';
import { Markdown } from '../../chat/Markdown';
import controls from '../../styles/controls.module.css';
import { Sheet } from '../../ui/Dialog';
import { Field, FieldError } from '../../ui/Field';
import { ListField } from '../../ui/ListField';
import { Failure, Note } from '../../ui/Notice';
import { useNow } from '../queries';
import { SaidBody, useSources } from '../SaidBody';
import { left, phaseName } from '../words';
import { answerOf, blank, lacking, wanted, type Spoken } from './answering';
import css from './AnswerSheet.module.css';
import { Ranking } from './Ranking';

/** A person speaks for a seat: what the seat may know, and a form that fits the phase. */
export function AnswerSheet({ panel, ask, onClose }: { panel: Panel; ask: SeatBrief; onClose: () => void }) {
  const id = useId();
  const name = panel.seats.find((s) => s.id === ask.seat)?.name ?? ask.seat;
  const now = useNow(true);
  return (
    <Sheet labelledBy={id} onClose={onClose}>
      <header className={css.head}>
        <div><h2 id={id}>Answer for {name}</h2><p>{phaseName(ask.phase)}, round {ask.round}. <span className="num">{left(ask.deadline, now)} left.</span></p></div>
        <button type="button" className={controls.icon} aria-label="Close" onClick={onClose}><X size={18} aria-hidden /></button>
      </header>
      <div className={css.body} tabIndex={0} role="region" aria-label="Brief and answer">
        <Brief ask={ask} />
        <Form panel={panel} ask={ask} onClose={onClose} />
      </div>
    </Sheet>
  );
}

function Brief({ ask }: { ask: SeatBrief }) {
  return (
    <section className={css.brief} aria-label="Brief">
      <h3>{ask.question}</h3>
      <p>{ask.instructions}</p>
      {ask.digest !== null && <Note>{ask.digest}</Note>}
      {ask.steering.map((s) => <Note key={s}>The panel was told: {s}</Note>)}
      {ask.entries.length > 0 && (
        <details open={ask.entries.length <= 3}>
          <summary>What the others said ({ask.entries.length})</summary>
          {ask.entries.map((e, i) => <Entry key={i} entry={e} />)}
        </details>
      )}
    </section>
  );
}

const Entry = ({ entry: e }: { entry: SeatBrief['entries'][number] }) => (
  <SourcesContext value={useSources(e.said.citations)}>
    <div className={css.entry}>
      <b>{e.speaker}, {phaseName(e.phase).toLowerCase()}</b>
      <SaidBody words={{ messageId: '', seat: e.speaker, round: e.round, phase: e.phase, at: '', said: e.said, usage: { inputTokens: 0, outputTokens: 0 }, model: null }} />
    </div>
  </SourcesContext>
);

function Form({ panel, ask, onClose }: { panel: Panel; ask: SeatBrief; onClose: () => void }) {
  const w = wanted(ask, panel.rule);
  const draft = `seat.${ask.messageId}`;
  const [text, setText] = useDraft(draft);
  const [rest, setRest] = useState<Spoken>(() => blank(w));
  const [pressed, setPressed] = useState(false);
  const client = useQueryClient();
  const s: Spoken = { ...rest, text };
  const put = (change: Partial<Spoken>) => { setRest({ ...rest, ...change }); };
  const missing = lacking(s, w);
  // The message's own id is the key: whoever answers twice for one round has answered once.
  const send = useMutation({
    mutationFn: (decline: boolean) => panelsApi.answer(panel.id, decline ? { seat: ask.seat, round: ask.round, answer: '', decline: true } : answerOf(ask, s, w), `${ask.messageId}${decline ? '.decline' : ''}`),
    onSuccess: () => { keepDraft(draft, ''); void client.invalidateQueries({ queryKey: ['panels', 'one', panel.id] }); onClose(); },
  });
  const group = useId();
  return (
    <form className={css.form} onSubmit={(e) => { e.preventDefault(); setPressed(true); if (missing === undefined) send.mutate(false); }}>
      {w.ballot === 'one' && (
        <fieldset className={css.choices}>
          <legend>{ask.phase === 'ballot' ? 'Your vote' : 'Your decision'}</legend>
          {w.choices.map(([label, words]) => (
            <label key={label}><input type="radio" name={group} checked={s.choice === label} onChange={() => { put({ choice: label }); }} />{ask.phase === 'ballot' ? <><b>{label}</b><span><Markdown text={words} /></span></> : <span>{words}</span>}</label>
          ))}
        </fieldset>
      )}
      {w.ballot === 'rank' && <div className={css.choices}><p className={css.legend}>Your ranking, best first</p><Ranking ranking={s.ranking} texts={new Map(w.choices)} onChange={(ranking) => { put({ ranking }); }} /></div>}
      {w.scores.map((c) => (
        <fieldset key={c} className={css.score}>
          <legend>{c}</legend>
          <span className={css.scale}>{[1, 2, 3, 4, 5].map((n) => <label key={n}><input type="radio" name={`${group}-${c}`} checked={s.scores[c] === n} onChange={() => { put({ scores: { ...s.scores, [c]: n } }); }} /><span className="num">{n}</span></label>)}</span>
        </fieldset>
      ))}
      {w.scores.length > 0 && <p className={css.hint}>1 is poor, 5 is excellent.</p>}
      {w.estimate && <Field label="Your estimate" hint="A number, where the question asks for one.">{(f) => <input id={f} className={`${controls.field ?? ''} num`} inputMode="decimal" value={s.estimate} onChange={(e) => { put({ estimate: e.target.value }); }} />}</Field>}
      {w.stance && <Field label="Your position in a few words" hint="Equal positions are counted together.">{(f) => <input id={f} className={controls.field} maxLength={500} value={s.stance} onChange={(e) => { put({ stance: e.target.value }); }} />}</Field>}
      <Field label={w.text} hint={w.textNeeded ? undefined : 'Optional.'}>{(f) => <textarea id={f} className={controls.field} rows={ask.phase === 'ballot' ? 3 : 6} maxLength={16_000} value={text} onChange={(e) => { setText(e.target.value); }} />}</Field>
      {w.points !== undefined && <ListField label={w.points} hint="One in each line. None means that nothing is left." items={s.points} onChange={(points) => { put({ points }); }} add="Add a line" />}
      <Field label="How sure are you?" hint={s.sure === undefined ? 'Not said. Move it to say so.' : `${s.sure} %`}>{(f) => <input id={f} type="range" min={0} max={100} step={5} value={s.sure ?? 50} data-unsaid={s.sure === undefined || undefined} aria-valuetext={s.sure === undefined ? 'Not said' : `${s.sure} per cent`} onChange={(e) => { put({ sure: Number(e.target.value) }); }} />}</Field>
      {send.isError && <Failure error={send.error} />}
      <FieldError>{pressed ? missing : undefined}</FieldError>
      <div className={css.actions}>
        <button type="button" className={controls.button} disabled={send.isPending} onClick={() => { send.mutate(true); }}>Leave the seat empty this round</button>
        <button type="submit" className={controls.primary} disabled={send.isPending}>{send.isPending ? 'Sending' : ask.phase === 'ballot' ? 'Cast the vote' : 'Say it'}</button>
      </div>
    </form>
  );
}
