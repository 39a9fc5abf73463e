import { useState } from 'react';
import { memoryApi, type Fact, type FactWords, type Scope } from '../api/memory';
import controls from '../styles/controls.module.css';
import { DialogActions, TitledDialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Failure } from '../ui/Notice';
import css from './Memory.module.css';
import { useMemoryChange } from './queries';

/** The sentence follows a part that is changed, as long as it names that part. */
export function reworded(w: FactWords, key: 'subject' | 'predicate' | 'object', value: string): FactWords {
  const before = w[key];
  return { ...w, [key]: value, text: before !== '' && w.text.includes(before) ? w.text.replace(before, () => value) : w.text };
}

/** A fact by hand: a new one, or one that takes the place of another. */
export function FactDialog({ scope, fact, onClose }: { scope: Scope; fact?: Fact; onClose: () => void }) {
  const [words, setWords] = useState<FactWords>(fact ? { subject: fact.subject, predicate: fact.predicate, object: fact.object, text: fact.text } : { subject: '', predicate: '', object: '', text: '' });
  const save = useMemoryChange((w: FactWords) => fact ? memoryApi.correct(scope, fact.id, w) : memoryApi.add(scope, w), onClose);
  const trimmed: FactWords = { subject: words.subject.trim(), predicate: words.predicate.trim(), object: words.object.trim(), text: words.text.trim() };
  const whole = trimmed.text === '' ? { ...trimmed, text: `${trimmed.subject} ${trimmed.predicate} ${trimmed.object}` } : trimmed;
  const ready = trimmed.subject !== '' && trimmed.predicate !== '' && trimmed.object !== '';
  const part = (key: 'subject' | 'predicate' | 'object', label: string, example: string) => (
    <Field label={label}>{(id) => <input id={id} className={controls.field} value={words[key]} placeholder={example} maxLength={120} required onChange={(e) => { setWords(reworded(words, key, e.target.value)); }} />}</Field>
  );
  return (
    <TitledDialog title={fact ? 'Correct this fact' : 'Remember a fact'} onClose={onClose}>
      <form onSubmit={(e) => { e.preventDefault(); if (ready) save.mutate(whole); }}>
        {fact && <p>The earlier one moves to the history and is used no more.</p>}
        <div className={css.three}>
          {part('subject', 'About', 'user')}
          {part('predicate', 'Relation', 'allergic to')}
          {part('object', 'What', 'penicillin')}
        </div>
        <Field label="As a sentence" hint="This is what is searched, and what experts read.">{(id) => <textarea id={id} className={controls.field} rows={2} maxLength={500} value={words.text} placeholder={ready ? whole.text : ''} onChange={(e) => { setWords({ ...words, text: e.target.value }); }} />}</Field>
        {save.isError && <Failure error={save.error} />}
        <DialogActions>
          <button type="button" className={controls.button} onClick={onClose}>Cancel</button>
          <button type="submit" className={controls.primary} disabled={!ready || save.isPending}>{save.isPending ? 'Saving' : fact ? 'Correct' : 'Remember'}</button>
        </DialogActions>
      </form>
    </TitledDialog>
  );
}
