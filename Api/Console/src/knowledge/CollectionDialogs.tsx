import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { knowledgeApi, type Collection, type CollectionChange } from '../api/knowledge';
import controls from '../styles/controls.module.css';
import { DialogActions, TitledDialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Failure } from '../ui/Notice';
import { slug } from '../ui/saveFile';
import { keepIngest } from './openIngests';
import { useRefresh } from './queries';

interface Words { readonly name: string; readonly description: string; readonly domain: string; readonly embedding: string }

function Form({ initial, children, busy, act, error, onSave, onCancel }: { initial: Words; children?: (name: string) => ReactNode; busy: boolean; act: string; error: unknown; onSave: (w: Words) => void; onCancel: () => void }) {
  const [words, setWords] = useState(initial);
  const put = (key: keyof Words) => (e: { target: { value: string } }) => { setWords({ ...words, [key]: e.target.value }); };
  const list = useId();
  return (
    <form onSubmit={(e) => { e.preventDefault(); onSave({ name: words.name.trim(), description: words.description.trim(), domain: words.domain.trim(), embedding: words.embedding.trim() }); }}>
      <Field label="Name">{(id) => <input id={id} className={controls.field} value={words.name} onChange={put('name')} maxLength={120} required autoFocus />}</Field>
      {children?.(words.name)}
      <Field label="What it holds" hint="Optional.">{(id) => <textarea id={id} className={controls.field} rows={2} value={words.description} onChange={put('description')} maxLength={1000} />}</Field>
      <Field label="Domain" hint="Tells which details weigh in a search: in medicine, evidence and date.">{(id) => <><input id={id} className={controls.field} value={words.domain} onChange={put('domain')} list={list} maxLength={64} pattern="[a-z0-9][a-z0-9\-]*" title="Lower-case letters, digits and dashes" required /><datalist id={list}><option value="medicine" /><option value="regulatory" /><option value="general" /></datalist></>}</Field>
      <Field label="Embedding model" hint={initial.embedding === '' ? 'Empty takes the deployment’s own.' : 'Another one indexes everything anew; searches change over when it is complete.'}>{(id) => <input id={id} className={controls.field} value={words.embedding} onChange={put('embedding')} maxLength={120} spellCheck={false} autoCapitalize="off" />}</Field>
      {error != null && <Failure error={error} />}
      <DialogActions>
        <button type="button" className={controls.button} onClick={onCancel}>Cancel</button>
        <button type="submit" className={controls.primary} disabled={busy || words.name.trim() === '' || words.domain.trim() === ''}>{busy ? 'Saving' : act}</button>
      </DialogActions>
    </form>
  );
}

export function NewCollection({ onClose }: { onClose: (id?: string) => void }) {
  const refresh = useRefresh();
  const [typed, setTyped] = useState<string>();
  const create = useMutation({
    mutationFn: (w: Words) => knowledgeApi.create({ id: typed ?? slug(w.name), name: w.name, domain: w.domain, ...(w.description === '' ? {} : { description: w.description }), ...(w.embedding === '' ? {} : { embedding: w.embedding }) }),
    onSuccess: (c) => { refresh(); onClose(c.id); },
  });
  return (
    <TitledDialog title="New collection" onClose={() => { onClose(); }}>
      <Form initial={{ name: '', description: '', domain: 'medicine', embedding: '' }} act="Create" busy={create.isPending} error={create.error} onSave={(w) => { create.mutate(w); }} onCancel={() => { onClose(); }}>
        {(name) => <Field label="Id" hint="Lower-case letters, digits and dashes. It cannot be changed.">{(id) => <input id={id} className={controls.field} value={typed ?? slug(name)} onChange={(e) => { setTyped(e.target.value); }} pattern="[a-z0-9][a-z0-9\-]*" maxLength={64} required spellCheck={false} autoCapitalize="off" />}</Field>}
      </Form>
    </TitledDialog>
  );
}

export function EditCollection({ collection: c, onClose }: { collection: Collection; onClose: () => void }) {
  const refresh = useRefresh();
  const change = useMutation({
    mutationFn: (w: Words) => knowledgeApi.change(c.id, changed(c, w)),
    onSuccess: (result) => {
      // Indexing anew is a run like an upload: the page follows it.
      if (typeof result.runId === 'string') keepIngest({ runId: result.runId, collection: c.id, documents: c.documents });
      refresh();
      onClose();
    },
  });
  return (
    <TitledDialog title={`Edit ${c.name}`} onClose={onClose}>
      <Form initial={c} act="Save" busy={change.isPending} error={change.error} onSave={(w) => { change.mutate(w); }} onCancel={onClose} />
    </TitledDialog>
  );
}

const changed = (c: Collection, w: Words): CollectionChange => Object.fromEntries((['name', 'description', 'domain', 'embedding'] as const).filter((k) => w[k] !== c[k] && !(k === 'embedding' && w[k] === '')).map((k) => [k, w[k]]));
