import { memo } from 'react';
import { useAgentName } from '../agents/queries';
import { Note } from '../ui/Notice';
import { Answer, Tools, Writing, type Actions } from './Answer';
import { outcome } from './outcome';
import { isLive, type Outgoing } from './state';
import css from './Turn.module.css';
import type { Turn } from './turns';

export const TurnView = memo(function TurnView({ turn, agent, selects, actions, cancel, waits }: { turn: Turn; agent: string | null; selects: boolean; waits: boolean; actions: Actions; cancel: (runId: string) => void }) {
  const nameOf = useAgentName();
  const { question, run, answers, draft } = turn;
  const live = isLive(run) && answers.length === 0;
  const end = outcome(run, answers.at(-1)?.finish);
  const queued = waits && run?.status === 'queued' && draft === undefined && answers.length === 0;
  return (
    <article className={css.turn}>
      <h2 className="sr">{question ? 'Question' : 'Answer'}</h2>
      {question && (
        <div className={css.asked}>
          <Tools message={question} actions={actions} />
          <p className={css.question}>{question.content}</p>
        </div>
      )}
      {/* Every question gets an answer, an empty one too when its run came to nothing. */}
      {answers.filter((a) => a.content !== '').map((a) => <Answer key={a.id} message={a} run={run} name={nameOf(a.agent ?? run?.agent ?? agent)} question={question?.content} selects={selects} actions={actions} />)}
      {answers.length === 0 && run !== undefined && !queued && (live || (draft !== undefined && draft.text !== '')) && <Writing draft={draft} run={run} name={nameOf(run.agent ?? agent)} live={live} />}
      {queued && <Note action={<button type="button" onClick={() => { cancel(run.id); }}>Take back</button>}>In the queue. It is answered when its turn comes.</Note>}
      {end && <div className={css.note}><Note kind={end.kind}>{end.text}</Note></div>}
    </article>
  );
});

/** A message that the server has not confirmed. */
export function OutgoingView({ message, retry, edit }: { message: Outgoing; retry: () => void; edit: () => void }) {
  return (
    <article className={css.turn}>
      <h2 className="sr">Question, not sent yet</h2>
      <div className={css.asked}><p className={css.question} data-pending={message.failure === undefined || undefined}>{message.content}</p></div>
      {message.failure !== undefined && (
        <div role="alert"><Note kind="bad" action={<><button type="button" onClick={retry}>Send again</button><button type="button" onClick={edit}>Edit</button></>}>Not sent. {message.failure}</Note></div>
      )}
    </article>
  );
}
