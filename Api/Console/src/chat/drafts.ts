import { useState } from 'react';

const name = (key: string) => `colloquy.draft.${key}`;

/** What was being written survives a reload of the page. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, set] = useState(() => { try { return sessionStorage.getItem(name(key)) ?? ''; } catch { return ''; } });
  return [text, (value) => { set(value); keepDraft(key, value); }];
}

export function keepDraft(key: string, text: string): void {
  try { if (text === '') sessionStorage.removeItem(name(key)); else sessionStorage.setItem(name(key), text); } catch { /* storage blocked or full */ }
}
