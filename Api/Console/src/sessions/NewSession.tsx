import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { addresseeOf } from '../agents/addressee';
import { ExpertPicker } from '../agents/ExpertPicker';
import { auto, useAgents } from '../agents/queries';
import { api } from '../api/client';
import { Composer } from '../chat/Composer';
import { keepDraft } from '../chat/drafts';
import { handOver } from '../chat/handover';
import { Failure } from '../ui/Notice';
import css from './NewSession.module.css';

/** A conversation is made with its first question, so that none stands empty in the list. */
export function NewSession() {
  const [params] = useSearchParams();
  const [picked, setExpert] = useState(params.get('expert') ?? undefined);
  const agents = useAgents();
  const expert = picked ?? auto;
  const navigate = useNavigate();
  const client = useQueryClient();
  const begin = useMutation({
    mutationFn: () => api.createSession(addresseeOf(expert)),
  });
  const ask = (content: string) => {
    begin.mutate(undefined, {
      onSuccess: (session) => {
        handOver(session.id, content);
        keepDraft('new', '');
        void client.invalidateQueries({ queryKey: ['sessions'] });
        void navigate(`/sessions/${session.id}`);
      },
    });
  };
  const chosen = agents.data?.find((a) => a.id === expert);
  // Of one expert its own examples; with the choice left open, one of each.
  const examples = (expert === auto ? agents.data?.flatMap((a) => a.exampleQuestions?.slice(0, 1) ?? []) : chosen?.exampleQuestions)?.slice(0, 3) ?? [];

  return (
    <section className={css.page} aria-label="New conversation">
      <title>New conversation · Colloquy</title>
      <div className={css.scroll}>
        <div className={css.column}>
          <Link to="/sessions" className={css.back}><ArrowLeft size={16} aria-hidden />Conversations</Link>
          <h1>Whom do you want to ask?</h1>
          <p className={css.lead}>Answers cite the passages they rest on, and say how far they can be relied on.</p>
          <ExpertPicker value={expert} onChange={setExpert} />
          {examples.length > 0 && (
            <div className={css.starters}>
              <h2>For example</h2>
              {examples.map((e) => <button key={e} type="button" disabled={begin.isPending} onClick={() => { ask(e); }}>{e}</button>)}
            </div>
          )}
          {begin.isError && <div className={css.failed}><Failure error={begin.error} /></div>}
        </div>
      </div>
      <Composer draftKey="new" placeholder={chosen ? `Ask ${chosen.name}` : 'Ask a question'} pending={begin.isPending} keep onSend={ask} />
    </section>
  );
}
