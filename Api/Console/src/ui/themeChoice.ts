import { useSyncExternalStore } from 'react';

export type Choice = 'light' | 'dark' | 'system';
const listeners = new Set<() => void>();
const query = window.matchMedia('(prefers-color-scheme: dark)');

export const choice = (): Choice => {
  try { const c = localStorage.getItem('colloquy.theme'); return c === 'light' || c === 'dark' ? c : 'system'; } catch { return 'system'; }
};
const apply = () => {
  const c = choice();
  document.documentElement.dataset.theme = c === 'system' ? (query.matches ? 'dark' : 'light') : c;
  listeners.forEach((l) => { l(); });
};
export const setTheme = (c: Choice) => {
  try { if (c === 'system') localStorage.removeItem('colloquy.theme'); else localStorage.setItem('colloquy.theme', c); } catch { /* storage blocked */ }
  apply();
};
query.addEventListener('change', apply);
const subscribe = (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; };
export const useTheme = () => useSyncExternalStore(subscribe, () => document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');
export const useThemeChoice = () => useSyncExternalStore(subscribe, choice);
