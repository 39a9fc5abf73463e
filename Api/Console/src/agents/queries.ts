import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';

export const useAgents = () => useQuery({ queryKey: ['agents'], queryFn: ({ signal }) => api.agents(signal), staleTime: 300_000, select: (p) => p.items });

/** Stands for the expert that is going to be chosen, and for the service itself where none was. */
export const auto = 'auto';

/** The name that people know an agent by; its id until the catalogue has arrived, and for agents that were deleted since. */
export function useAgentName(): (id: string | null | undefined) => string {
  const { data } = useAgents();
  return (id) => id === null || id === undefined || id === auto ? 'Colloquy' : data?.find((a) => a.id === id)?.name ?? id;
}
