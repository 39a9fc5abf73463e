import { useSyncExternalStore } from 'react';

const name = 'colloquy.key';
const listeners = new Set<() => void>();
let why: 'rejected' | undefined;

const read = (store: Storage) => { try { return store.getItem(name) ?? undefined; } catch { return undefined; } };
const write = (store: Storage, value: string | undefined) => {
  try { if (value === undefined) store.removeItem(name); else store.setItem(name, value); } catch { /* storage blocked: the key lives as long as the page */ }
};
let key = read(sessionStorage) ?? read(localStorage);
const tell = () => { listeners.forEach((l) => { l(); }); };

export const currentKey = () => key;
export const isRemembered = () => read(localStorage) !== undefined;
/** Why the sign-in page is shown: the server refused a key that had worked. */
export const refusal = () => why;

export function signIn(value: string, remember: boolean): void {
  key = value;
  why = undefined;
  write(localStorage, remember ? value : undefined);
  write(sessionStorage, remember ? undefined : value);
  tell();
}

export function signOut(reason?: 'rejected'): void {
  if (key === undefined) return;
  key = undefined;
  why = reason;
  write(localStorage, undefined);
  write(sessionStorage, undefined);
  // Who leaves leaves nothing behind; who was turned away comes back to drafts and uploads.
  if (reason === undefined) for (const store of [localStorage, sessionStorage]) forget(store);
  tell();
}

function forget(store: Storage): void {
  try { for (const k of Object.keys(store)) if (k.startsWith('colloquy.') && k !== 'colloquy.theme') store.removeItem(k); } catch { /* storage blocked: nothing was kept */ }
}

// Signing out in one tab signs out the others that share the remembered key.
window.addEventListener('storage', (e) => {
  if (e.key === name && e.newValue === null && e.oldValue === key) { key = undefined; tell(); }
});

const subscribe = (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; };
export const useKey = () => useSyncExternalStore(subscribe, currentKey);
