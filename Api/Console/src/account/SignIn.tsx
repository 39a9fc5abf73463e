import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api/client';
import { Problem } from '../api/problem';
import controls from '../styles/controls.module.css';
import { Failure, Note } from '../ui/Notice';
import { refusal, signIn } from './credential';
import css from './SignIn.module.css';

/** A key is tried before it is kept, so that a mistake is told here and not on the next page. */
export function SignIn() {
  const [key, setKey] = useState('');
  const [remember, setRemember] = useState(false);
  const [visible, setVisible] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const go = async () => {
    const value = key.trim();
    if (value === '' || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await api.check(value);
      signIn(value, remember);
    } catch (e) {
      setError(e instanceof Problem && e.status === 401 ? new Problem(401, 'This key was not accepted', { detail: 'Check that it is complete and has not expired.' }) : e);
      setBusy(false);
    }
  };

  return (
    <main className={css.page}>
      <title>Sign in · Colloquy</title>
      <form className={css.card} onSubmit={(e) => { e.preventDefault(); void go(); }}>
        <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width="36" height="36" />
        <h1>Sign in to Colloquy</h1>
        <p className={css.lead}>Conversations with experts, with the sources behind every answer.</p>
        <div className={css.notice} hidden={error === undefined && refusal() === undefined}>
          {error !== undefined ? <Failure error={error} /> : <Note kind="warn">Your key is no longer accepted. Sign in again to go on where you were.</Note>}
        </div>
        <label className={css.label} htmlFor="key">API key</label>
        <div className={css.row}>
          <input id="key" className={controls.field} type={visible ? 'text' : 'password'} value={key} onChange={(e) => { setKey(e.target.value); }}
            autoComplete="current-password" autoCapitalize="off" spellCheck={false} autoFocus required />
          <button type="button" className={controls.icon} aria-label={visible ? 'Hide the key' : 'Show the key'} onClick={() => { setVisible(!visible); }}>
            {visible ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          </button>
        </div>
        <label className={css.check}><input type="checkbox" checked={remember} onChange={(e) => { setRemember(e.target.checked); }} />Remember on this device</label>
        <button type="submit" className={`${controls.primary ?? ''} ${css.go ?? ''}`} disabled={busy || key.trim() === ''}>{busy ? 'Signing in' : 'Sign in'}</button>
        <p className={css.hint}>An administrator of your organisation issues keys. A server that is started for the first time prints one.</p>
      </form>
    </main>
  );
}
