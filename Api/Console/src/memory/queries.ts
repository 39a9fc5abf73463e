import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { memoryApi, type Scope } from '../api/memory';

export const useFacts = (scope: Scope, history: boolean) => useInfiniteQuery({
  queryKey: ['memory', scope ?? 'me', 'facts', history],
  queryFn: ({ pageParam, signal }) => memoryApi.facts({ scope, history, cursor: pageParam, limit: 50 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** A change to what is remembered; everything that shows it is read anew. */
export function useMemoryChange<A>(change: (a: A) => Promise<unknown>, onDone: () => void = () => { /* nothing more */ }) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: async () => { onDone(); await client.invalidateQueries({ queryKey: ['memory'] }); } });
}
export function useForget(): () => void {
  const client = useQueryClient();
  return () => { void client.invalidateQueries({ queryKey: ['memory'] }); };
}
