import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { panelsApi } from '../../api/panels';
import { keepDraft, useDraft } from '../../chat/drafts';
import controls from '../../styles/controls.module.css';
import { DetailPage } from '../../ui/DetailPage';
import { Field } from '../../ui/Field';
import { Failure, Note } from '../../ui/Notice';
import { useStanding } from '../queries';
import css from './Convene.module.css';
import { errorsOf, newDraft, requestOf, withStanding, type Draft } from './draft';
import { Members } from './Members';
import { ProtocolPicker } from './ProtocolPicker';
import { Ways } from './Ways';

/** A question, a way to answer it, and who answers: the rest has a good default. */
export function Convene() {
  const [params] = useSearchParams();
  const from = params.get('standing');
  const standing = useStanding(from ?? '', from !== null);
  // Keyed, so that what a standing panel brings is there from the beginning.
  return <Form key={standing.data?.id ?? ''} initial={standing.data ? withStanding(newDraft, standing.data) : newDraft} />;
}

function Form({ initial }: { initial: Draft }) {
  const [question, setQuestion] = useDraft('panel');
  const [draft, setDraft] = useState(initial);
  const put = (change: Partial<Draft>) => { setDraft((d) => ({ ...d, ...change })); };
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  // One key for one form as it stands: pressed twice, one panel is convened.
  const sent = useRef<{ readonly body: string; readonly key: string }>(undefined);
  const convene = useMutation({
    mutationFn: () => {
      const body = requestOf(question, draft), text = JSON.stringify(body);
      if (sent.current?.body !== text) sent.current = { body: text, key: crypto.randomUUID() };
      return panelsApi.convene(body, sent.current.key);
    },
    onSuccess: ({ panelId }) => {
      keepDraft('panel', '');
      void client.invalidateQueries({ queryKey: ['panels', 'list'] });
      void navigate(`/panels/in/${panelId}`);
    },
  });
  const errors = errorsOf(convene.error);
  const placed = Object.keys(errors).length > 0;
  useEffect(() => { if (convene.isError) form.current?.querySelector('[role=alert]')?.scrollIntoView({ block: 'center' }); }, [convene.isError]);
  const few = draft.who === 'choose' && draft.agents.length + draft.people.filter((p) => p.trim() !== '').length < 2;

  return (
    <DetailPage title="Convene a panel" lead="Several experts on one question, by a rule that you can check" back={{ to: '/panels', label: 'Back to the panels' }}>
      <form ref={form} className={css.form} onSubmit={(e) => { e.preventDefault(); convene.mutate(); }}>
        <Field label="Question" error={errors.question}>{(f) => <textarea id={f} className={`${controls.field ?? ''} ${css.question ?? ''}`} rows={3} maxLength={8000} required value={question} placeholder="What should the panel answer?" onChange={(e) => { setQuestion(e.target.value); }} />}</Field>
        <ProtocolPicker value={draft.protocol} onChange={(protocol) => { put({ protocol }); }} error={errors.protocol} />
        <Members draft={draft} put={put} setDraft={setDraft} errors={errors} />
        <Ways draft={draft} put={put} errors={errors} />
        {convene.isError && (placed ? <div className={css.placed}><Note kind="bad">Not convened yet. The field above says what to change.</Note></div> : <Failure error={convene.error} />)}
        <div className={css.actions}>
          <span>{few ? 'Choose at least two seats.' : draft.who === 'compose' ? 'Who sits on it is chosen by the question.' : ''}</span>
          <button type="submit" className={controls.primary} disabled={question.trim() === '' || few || convene.isPending || (draft.who === 'standing' && draft.standing === '')}>{convene.isPending ? 'Convening' : 'Convene'}</button>
        </div>
      </form>
    </DetailPage>
  );
}
