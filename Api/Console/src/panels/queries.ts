import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { panelsApi } from '../api/panels';
import { PanelFollowing } from './following';

export const usePanels = () => useInfiniteQuery({
  queryKey: ['panels', 'list'],
  queryFn: ({ pageParam, signal }) => panelsApi.panels({ cursor: pageParam, limit: 30 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});
const panelQuery = (id: string) => ({ queryKey: ['panels', 'one', id], queryFn: () => panelsApi.panel(id) });
export const usePanel = (id: string) => useQuery({ ...panelQuery(id), staleTime: Infinity });
export const useNotes = (id: string, seat: string, round: number) => useQuery({ queryKey: ['panels', 'notes', id, seat, round], queryFn: ({ signal }) => panelsApi.notes(id, seat, signal) });

export const useStandings = () => useQuery({ queryKey: ['standing'], queryFn: ({ signal }) => panelsApi.standings(signal), select: (p) => p.items });
export const useStanding = (id: string, enabled = true) => useQuery({ enabled, queryKey: ['standing', id], queryFn: ({ signal }) => panelsApi.standing(id, signal) });
export const usePrecedents = (id: string, q: string) => useQuery({ queryKey: ['standing', id, 'precedents', q], queryFn: ({ signal }) => panelsApi.precedents(id, q, signal), select: (p) => p.items, placeholderData: (old) => old });
export const useRecord = (id: string) => useQuery({ queryKey: ['standing', id, 'record'], queryFn: ({ signal }) => panelsApi.record(id, signal), select: (p) => p.items });

export function usePanelFollowing(id: string) {
  const client = useQueryClient();
  const [following] = useState(() => new PanelFollowing(id, () => client.query({ ...panelQuery(id), staleTime: 0 }), (name) => {
    void client.invalidateQueries({ queryKey: ['panels', 'one', id] });
    if (name.startsWith('run.')) { void client.invalidateQueries({ queryKey: ['panels', 'list'] }); void client.invalidateQueries({ queryKey: ['standing'] }); }
  }));
  useEffect(() => following.start(), [following]);
  return { following, view: useSyncExternalStore(following.subscribe, following.view) };
}

const beats = new Set<() => void>();
let clock = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const tick = (l: () => void) => {
  beats.add(l);
  if (timer === undefined) {
    clock = Date.now();
    timer = setInterval(() => { clock = Date.now(); beats.forEach((b) => { b(); }); }, 1000);
  }
  return () => { beats.delete(l); if (beats.size === 0) { clearInterval(timer); timer = undefined; } };
};
const still = () => () => { /* nothing to end */ };

/** The time, once a second while something is being counted down: one clock for the page, so that all of it counts together. */
export const useNow = (ticking: boolean): number => useSyncExternalStore(ticking ? tick : still, () => clock);
