import { ArrowDown, ArrowLeft, MoreHorizontal } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { AddresseePicker } from '../agents/Addressee';
import { addresseeOf, homeOf } from '../agents/addressee';
import { auto, useAgentName } from '../agents/queries';
import { api } from '../api/client';
import { Problem, sentence } from '../api/problem';
import type { Citation, OnBusy, Session } from '../api/types';
import { DocumentSheet } from '../knowledge/DocumentSheet';
import { titleOf, useFork, useSession } from '../sessions/queries';
import { useSessionActions } from '../sessions/useSessionActions';
import controls from '../styles/controls.module.css';
import { Menu } from '../ui/Menu';
import { Failure } from '../ui/Notice';
import { StreamState } from '../ui/StreamState';
import css from './Chat.module.css';
import { Composer } from './Composer';
import { keepDraft } from './drafts';
import { takeOver } from './handover';
import { liveRuns } from './state';
import { OutgoingView, TurnView } from './Turn';
import { turnsOf } from './turns';
import { useConversation } from './useConversation';
import { useFollow } from './useFollow';

/** A long conversation is drawn from its end; what came earlier is a press away. */
const turnsAtOnce = 25;

export function Chat() {
  const { id = '' } = useParams();
  return <Talk key={id} id={id} />;
}

const SessionMenu = ({ session }: { session: Session }) => {
  const { items, dialogs } = useSessionActions(session);
  return <><Menu label="Conversation actions" className={controls.icon} trigger={<MoreHorizontal size={18} aria-hidden />} items={items} />{dialogs}</>;
};

function Talk({ id }: { id: string }) {
  const { conversation, view } = useConversation(id);
  const { state } = view;
  const session = useSession(id);
  const nameOf = useAgentName();
  const navigate = useNavigate();
  const fork = useFork();
  const [source, setSource] = useState<Citation>();
  const [stopping, setStopping] = useState<string>();
  const [trouble, setTrouble] = useState<unknown>();
  const [shown, setShown] = useState(turnsAtOnce);
  const [edits, setEdits] = useState(0);
  const [asked, setAsked] = useState<string>();

  useEffect(() => {
    const first = takeOver(id);
    if (first !== undefined) void conversation.send(first, 'enqueue');
  }, [id, conversation]);

  const turns = useMemo(() => turnsOf(state), [state]);
  const visible = useMemo(() => turns.slice(-shown), [turns, shown]);
  const outbox = state.outbox.filter((o) => o.acceptedAs === undefined);
  const live = liveRuns(state);
  const running = live.find((r) => r.status === 'running') ?? live[0];
  const { box, onScroll, away, toEnd, hold } = useFollow(visible);
  const gone = view.failure instanceof Problem && view.failure.status === 404;
  const title = gone ? 'Conversation' : titleOf(session.data);
  const home = homeOf(session.data);
  const agent = home === '' ? null : home;

  const cancel = useCallback((runId: string) => {
    setStopping(runId);
    setTrouble(undefined);
    api.cancel(runId).catch((e: unknown) => { setStopping(undefined); setTrouble(e); });
  }, []);
  const { mutate: doFork, isPending: forking } = fork;
  const actions = useMemo(() => ({
    forking, open: setSource,
    ask: (content: string, who: string) => { toEnd(); void conversation.send(content, 'enqueue', addresseeOf(who)); },
    fork: (messageId: string) => { doFork({ id, messageId }, { onSuccess: (s) => void navigate(`/sessions/${s.id}`) }); },
  }), [id, forking, doFork, navigate, conversation, toEnd]);
  const send = (content: string, onBusy: OnBusy) => { toEnd(); void conversation.send(content, onBusy, asked === undefined || asked === home ? undefined : addresseeOf(asked)); };
  const older = () => { hold(); setShown(shown + turnsAtOnce); };
  const edit = (key: string, content: string) => { conversation.discard(key); keepDraft(id, content); setEdits((n) => n + 1); };

  return (
    <section className={css.talk} aria-label={title}>
      <title>{`${title} · Colloquy`}</title>
      <header className={css.head}>
        <Link to="/sessions" className={`${controls.icon ?? ''} ${css.back ?? ''}`} aria-label="Back to conversations"><ArrowLeft size={18} aria-hidden /></Link>
        <div className={css.names}><h1>{title}</h1><p>{session.data ? agent === null ? 'No expert chosen' : agent === auto ? 'The expert who fits each question' : nameOf(agent) : ' '}</p></div>
        <StreamState link={view.link} busy={running !== undefined} />
        {session.data && <SessionMenu session={session.data} />}
      </header>
      <div className={css.wrap}>
        <div className={css.scroll} ref={box} onScroll={onScroll} tabIndex={0} role="log" aria-label="Messages" aria-live="off">
          <div className={css.column}>
            {turns.length > shown && <div className={css.older}><button type="button" className={controls.button} onClick={older}>Show earlier messages</button></div>}
            {view.loading && turns.length === 0 && outbox.length === 0 && <div className={css.wait} aria-hidden><i /><i /><i /><i /></div>}
            {gone && <div className={css.empty}><h2>{sentence(view.failure)}</h2><p>Choose another conversation, or begin a new one.</p><Link to="/sessions/new" className={controls.primary}>New conversation</Link></div>}
            {view.failure !== undefined && !gone && <Failure error={view.failure} retry={() => { window.location.reload(); }} />}
            {!view.loading && view.failure === undefined && turns.length === 0 && outbox.length === 0 && (
              <div className={css.empty}><h2>Ask the first question</h2><p>The answer cites the passages it rests on. Press a number to read the passage in place.</p></div>
            )}
            {visible.map((t) => <TurnView key={t.key} turn={t} waits={running !== undefined && t.run !== running} agent={agent} selects={home === auto} actions={actions} cancel={cancel} />)}
            {outbox.map((o) => <OutgoingView key={o.key} message={o} retry={() => void conversation.retry(o.key)} edit={() => { edit(o.key, o.content); }} />)}
          </div>
        </div>
        {away && <button type="button" className={css.jump} onClick={toEnd}><ArrowDown size={14} aria-hidden />{running ? 'Follow the answer' : 'Latest message'}</button>}
      </div>
      <div>
        {(trouble ?? fork.error) != null && <div className={css.failed}><Failure error={trouble ?? fork.error} /></div>}
        {!gone && <Composer key={edits} draftKey={id} placeholder={running ? 'Ask the next question' : 'Ask a question'} onSend={send}
          busy={running && { stopping: stopping === running.id, stop: () => { cancel(running.id); } }}>{session.data && <AddresseePicker value={asked ?? home} onChange={setAsked} />}</Composer>}
      </div>
      <p className="sr" role="status">{running ? 'An answer is being written' : turns.length > 0 && !view.loading ? 'Answer complete' : ''}</p>
      {source !== undefined && <DocumentSheet id={source.documentId ?? ''} title={source.title} place={source} onClose={() => { setSource(undefined); }} />}
    </section>
  );
}
