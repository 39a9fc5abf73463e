import { useSyncExternalStore } from 'react';

/** A run that this browser began and has not put away: a reload follows it again from its first event. */
export interface OpenIngest { readonly runId: string; readonly collection: string; readonly documents: number }

const name = 'colloquy.ingests';
const listeners = new Set<() => void>();
const read = (): readonly OpenIngest[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(kept) ? kept as OpenIngest[] : [];
  } catch { return []; } // storage blocked, or not ours
};
let open = read();

function set(next: readonly OpenIngest[]): void {
  open = next;
  try { if (next.length === 0) localStorage.removeItem(name); else localStorage.setItem(name, JSON.stringify(next.slice(-20))); } catch { /* storage blocked: known until this page is left */ }
  listeners.forEach((l) => { l(); });
}
window.addEventListener('storage', (e) => { if (e.key === name || e.key === null) { open = read(); listeners.forEach((l) => { l(); }); } });

export const keepIngest = (i: OpenIngest) => { set([...open.filter((o) => o.runId !== i.runId), i]); };
export const putAway = (runId: string) => { set(open.filter((o) => o.runId !== runId)); };

const subscribe = (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; };
export const useOpenIngests = (collection: string) => useSyncExternalStore(subscribe, () => open).filter((o) => o.collection === collection);
