import { CircleCheck, CircleSlash, Hourglass, Maximize2, User } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { PanelSeat } from '../api/panels';
import type { Usage } from '../api/types';
import { SourcesContext } from '../chat/Cite';
import { Markdown } from '../chat/Markdown';
import { useFollow } from '../chat/useFollow';
import { Thumbs } from '../feedback/Thumbs';
import { Badge } from '../ui/DetailPage';
import { isPerson, type Round, type Said, type Standing } from './room';
import { SaidBody, Sure, useSources } from './SaidBody';
import css from './SeatCard.module.css';
import { useNow } from './queries';
import { absenceWords, left, phaseDoing, phaseName, roleName, tokens } from './words';

export const Mark = ({ seat }: { seat: PanelSeat }) => (
  <span className={css.mark} data-person={isPerson(seat) || undefined} aria-hidden>{isPerson(seat) ? <User size={14} /> : seat.name.split(/\s+/).map((w) => w[0]).join('').slice(0, 2).toUpperCase()}</span>
);

interface Props { readonly seat: PanelSeat; readonly round: Round | undefined; readonly standing: Standing; readonly earlier: Said | undefined; readonly stance: string | undefined; readonly spent: Usage | undefined; readonly runId: string; readonly open: (seat: string) => void }

/** One seat as it stands in a round. Its height is fixed: words that arrive move nothing but their own text. */
export const SeatCard = memo(function SeatCard({ seat, round, standing: s, earlier, stance, spent, runId, open }: Props) {
  const words = s.kind === 'said' ? s.words : s.kind === 'listening' || s.kind === 'awaited' ? earlier : undefined;
  const past = s.kind !== 'said' && words !== undefined;
  const total = spent === undefined ? 0 : spent.inputTokens + spent.outputTokens;
  return (
    <article className={css.card} aria-label={`${seat.name}, ${seat.role}`} aria-busy={s.kind === 'writing'} data-kind={s.kind}>
      <header className={css.head}>
        <Mark seat={seat} />
        <div className={css.who}><h3>{seat.name}</h3><small className="num">{roleName(seat.role)}{isPerson(seat) && ', a person'}{total > 0 && <span title="Tokens that this seat has spent"> · {tokens(total)}</span>}</small></div>
        <State s={s} round={round} />
      </header>
      <p className={css.stance} data-past={s.kind !== 'said' || words?.said.stance == null || undefined} title={words?.said.stance ?? stance}>{words?.said.stance ?? stance ?? ' '}</p>
      <Body key={s.kind === 'writing' || s.kind === 'said' ? s.words.messageId : `${s.kind}${round?.number ?? 0}`} s={s} round={round} words={words} past={past} name={seat.name} person={isPerson(seat)} />
      <footer className={css.foot}>
        {words?.said.confidence != null ? <Sure value={words.said.confidence} calibrated={words.said.isCalibrated === true} /> : <span />}
        <span className={css.tools}>
          {s.kind === 'said' && <Thumbs target={{ type: 'panel_turn', id: runId, part: seat.id }} what={`turn of ${seat.name}`} />}
          <button type="button" className={css.tool} onClick={() => { open(seat.id); }} aria-label={`Everything from ${seat.name}`} title="Everything from this seat"><Maximize2 size={14} aria-hidden /></button>
        </span>
      </footer>
    </article>
  );
});

function State({ s, round }: { s: Standing; round: Round | undefined }) {
  switch (s.kind) {
    case 'writing': return <span className={css.state} data-kind="live"><i aria-hidden />{round ? phaseDoing(round.phase) : 'writes'}</span>;
    case 'awaited': return <Countdown until={s.until} />;
    case 'said': return <span className={css.state} data-kind="ok"><CircleCheck size={13} aria-hidden />{phaseName(s.words.phase)}</span>;
    case 'absent': return <Badge kind="warn">Absent</Badge>;
    case 'listening': return <span className={css.state}>Listens</span>;
  }
}

function Countdown({ until }: { until: string }) {
  const now = useNow(true);
  return <span className={css.state} title={`Until ${new Date(until).toLocaleTimeString()}`}><Hourglass size={12} aria-hidden /><span className="sr">Awaited, </span><span className="num">{left(until, now)}</span></span>;
}

function Body({ s, round, words, past, name, person }: { s: Standing; round: Round | undefined; words: Said | undefined; past: boolean; name: string; person: boolean }) {
  const text = s.kind === 'writing' ? s.words.text : '';
  const { box, onScroll } = useFollow(text, s.kind === 'writing');
  const citations = words?.said.citations;
  const parent = useSources(citations);
  let inner: ReactNode;
  if (s.kind === 'writing') inner = <Markdown text={text} live />;
  else if (s.kind === 'absent') inner = <p className={css.missing}><CircleSlash size={15} aria-hidden /><span>{absenceWords(s.missing.reason)}.{s.missing.error !== undefined && ` ${s.missing.error}.`} The panel goes on without this seat in this round.</span></p>;
  else if (words) inner = <>{past && <p className={css.from}>Said in round {words.round}, {phaseName(words.phase).toLowerCase()}</p>}<SaidBody words={words} /></>;
  else inner = <p className={css.wait}>{s.kind === 'awaited' ? person ? 'A person is asked, and has this long.' : <><i aria-hidden />Reading the brief</> : round ? 'Not asked in this round.' : 'Takes its seat.'}</p>;
  return (
    <SourcesContext value={parent}>
      <div ref={box} onScroll={onScroll} className={css.body} tabIndex={0} role="group" aria-label={`What ${name} says`} data-past={past || undefined}>{inner}</div>
    </SourcesContext>
  );
}
