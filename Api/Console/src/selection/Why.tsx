import { useQuery } from '@tanstack/react-query';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useAgentName } from '../agents/queries';
import { api } from '../api/client';
import { chosenOf, type Chosen } from '../chat/state';
import { Thumbs } from '../feedback/Thumbs';
import { Failure } from '../ui/Notice';
import { decisionWords, methodWords, Scores } from './Scores';
import css from './Why.module.css';

interface Props { readonly runId: string; readonly chosen: Chosen | undefined; readonly ask: ((agent: string) => void) | undefined }

/** Quietly beside the name of who answers: that it was chosen, and on demand why, and whom to ask instead. */
export function Why({ runId, chosen, ask }: Props) {
  const [shown, setShown] = useState(false);
  // Of an earlier turn the stream does not tell any more; its run still does.
  const events = useQuery({ queryKey: ['run-events', runId], queryFn: ({ signal }) => api.runEvents(runId, signal), enabled: shown && chosen === undefined, staleTime: Infinity });
  const told = chosen ?? events.data?.items.filter((e) => e.type === 'agent.selected').map(chosenOf).find((c) => c !== undefined);
  return (
    <Popover.Root open={shown} onOpenChange={setShown}>
      <Popover.Trigger className={css.why}>{chosen?.agent != null ? 'chosen for you, why?' : 'why?'}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={css.card} side="bottom" align="start" sideOffset={4} collisionPadding={12} aria-label="Why this expert">
          {told ? <Told runId={runId} chosen={told} ask={ask && ((agent) => { setShown(false); ask(agent); })} />
            : events.isError ? <Failure error={events.error} retry={() => void events.refetch()} />
              : events.isSuccess ? <p className={css.how}>This expert was asked by name.</p> : <p className={css.how}>Reading how this was chosen</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Told({ runId, chosen, ask }: Omit<Props, 'chosen'> & { chosen: Chosen }) {
  const nameOf = useAgentName();
  const s = chosen.selection, others = s.alternatives.filter((a) => a !== chosen.agent).slice(0, 3);
  return (
    <>
      <strong>{decisionWords(s)}</strong>
      <p className={css.how}>{methodWords(s)}</p>
      <Scores selection={s} />
      {ask && others.length > 0 && <ul className={css.others} aria-label="Ask somebody else">{others.map((a) => <li key={a}><button type="button" onClick={() => { ask(a); }}>Ask {nameOf(a)} instead</button></li>)}</ul>}
      <div className={css.judge}><Thumbs target={{ type: 'selection', id: runId }} what="choice" agents={s.scores.map((c) => ({ id: c.agent, name: nameOf(c.agent) }))}><span className={css.ask}>Was this the right expert?</span></Thumbs></div>
    </>
  );
}

/** Where the service asked back or nobody fits: whom one could ask by name all the same. */
export function Instead({ chosen, ask }: { chosen: Chosen; ask: (agent: string) => void }) {
  const nameOf = useAgentName();
  const s = chosen.selection, agents = (s.alternatives.length > 0 ? s.alternatives : s.scores.map((c) => c.agent)).slice(0, 4);
  if (agents.length === 0) return null;
  return <ul className={css.others} aria-label="Ask an expert by name">{agents.map((a) => <li key={a}><button type="button" onClick={() => { ask(a); }}>Ask {nameOf(a)}</button></li>)}</ul>;
}
