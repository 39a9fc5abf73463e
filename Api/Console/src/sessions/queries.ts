import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import type { Session } from '../api/types';

export const useSessions = (q: string) => useInfiniteQuery({
  queryKey: ['sessions', q],
  queryFn: ({ pageParam, signal }) => api.sessions({ cursor: pageParam, limit: 30, q }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
  placeholderData: (previous) => previous, // a search shows what it replaces until it has an answer
});

export const useSession = (id: string) => useQuery({ queryKey: ['sessions', 'one', id], queryFn: ({ signal }) => api.session(id, signal) });

export const titleOf = (s: Session | undefined) => [s?.title, s?.preview].find((t) => typeof t === 'string' && t.trim() !== '') ?? 'New conversation';

function useChange<A>(change: (a: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }) });
}
export const useRename = () => useChange(({ id, title }: { id: string; title: string }) => api.rename(id, title));
export const useRemove = () => useChange((id: string) => api.remove(id));
export function useFork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, messageId }: { id: string; messageId: string }) => api.fork(id, messageId),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
}
