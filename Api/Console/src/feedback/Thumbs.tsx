import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { giveFeedback, type Feedback, type FeedbackTarget, type Rating } from '../api/feedback';
import controls from '../styles/controls.module.css';
import { DialogActions, TitledDialog } from '../ui/Dialog';
import { Failure } from '../ui/Notice';
import { useRating } from './rating';
import css from './Thumbs.module.css';

interface Props {
  readonly target: FeedbackTarget;
  /** What is judged, as it stands in "this …". */
  readonly what: string;
  /** With a choice of an expert: who could have been right. */
  readonly agents?: readonly { readonly id: string; readonly name: string }[];
  readonly children?: ReactNode;
}

/** Right or wrong, in one press; a second press takes it back. What was wrong may be said in words as well. */
export function Thumbs({ target, what, agents, children }: Props) {
  const [rating, keep] = useRating(target);
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const give = useMutation({
    mutationFn: (f: Feedback) => giveFeedback(f),
    onSuccess: (_, f) => { keep(f.rating); void client.invalidateQueries({ queryKey: ['learned'] }); },
  });
  const press = (value: Rating) => {
    const next = rating === value ? 0 : value;
    if (next === -1) setAsking(true);
    give.mutate({ target, rating: next });
  };
  return (
    <span className={css.thumbs} role="group" aria-label={`Is this ${what} right?`}>
      {children}
      <button type="button" aria-pressed={rating === 1} disabled={give.isPending} onClick={() => { press(1); }} aria-label={`This ${what} is right`} title="Right"><ThumbsUp size={14} aria-hidden /></button>
      <button type="button" aria-pressed={rating === -1} disabled={give.isPending} onClick={() => { press(-1); }} aria-label={`This ${what} is wrong`} title="Wrong"><ThumbsDown size={14} aria-hidden /></button>
      <span className={css.said} role="status">{give.isError ? 'Not kept, try again' : rating === 1 || (rating === -1 && !asking) ? 'Thank you' : ''}</span>
      {asking && <Why what={what} agents={agents} onClose={() => { setAsking(false); }} send={(more) => giveFeedback({ target, rating: -1, ...more })} />}
    </span>
  );
}

function Why({ what, agents, send, onClose }: { what: string; agents: Props['agents']; send: (more: { comment?: string; agent?: string }) => Promise<unknown>; onClose: () => void }) {
  const [comment, setComment] = useState('');
  const [agent, setAgent] = useState('');
  const id = useId();
  const go = useMutation({ mutationFn: () => send({ ...(comment.trim() === '' ? {} : { comment: comment.trim() }), ...(agent === '' ? {} : { agent }) }), onSuccess: onClose });
  const nothing = comment.trim() === '' && agent === '';
  return (
    <TitledDialog title={`What is wrong with this ${what}?`} onClose={onClose}>
      <form onSubmit={(e) => { e.preventDefault(); go.mutate(); }}>
        <p>Your judgement is kept already. Words help whoever looks into it; they are optional.</p>
        {agents !== undefined && agents.length > 0 && (
          <div className={css.field}>
            <label htmlFor={`${id}-agent`}>Who would have been right?</label>
            <select id={`${id}-agent`} className={controls.field} value={agent} onChange={(e) => { setAgent(e.target.value); }}>
              <option value="">I do not know</option>
              {agents.map((a) => <option key={a.id} value={a.id}>{a.name}</option>)}
            </select>
          </div>
        )}
        <div className={css.field}>
          <label htmlFor={`${id}-comment`}>Comment</label>
          <textarea id={`${id}-comment`} className={controls.field} rows={3} maxLength={2000} value={comment} onChange={(e) => { setComment(e.target.value); }} />
        </div>
        {go.isError && <Failure error={go.error} />}
        <DialogActions>
          <button type="button" className={controls.button} onClick={onClose}>No comment</button>
          <button type="submit" className={controls.primary} disabled={nothing || go.isPending}>{go.isPending ? 'Sending' : 'Send'}</button>
        </DialogActions>
      </form>
    </TitledDialog>
  );
}
