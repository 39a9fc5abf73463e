import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { knowledgeApi } from '../api/knowledge';

export const useCollections = () => useQuery({ queryKey: ['collections'], queryFn: ({ signal }) => knowledgeApi.collections(signal), select: (p) => p.items });
export const useCollection = (id: string) => useQuery({ queryKey: ['collections', id], queryFn: ({ signal }) => knowledgeApi.collection(id, signal) });
export const useDocuments = (id: string) => useInfiniteQuery({
  queryKey: ['collections', id, 'documents'],
  queryFn: ({ pageParam, signal }) => knowledgeApi.documents(id, { cursor: pageParam, limit: 30 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** Counts and documents are read anew; what is shown stays until they are there. */
export function useRefresh(): () => void {
  const client = useQueryClient();
  return () => { void client.invalidateQueries({ queryKey: ['collections'] }); };
}
