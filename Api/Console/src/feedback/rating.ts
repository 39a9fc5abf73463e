import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FeedbackTarget, Rating } from '../api/feedback';

const key = (t: FeedbackTarget) => ['rating', t.type, t.id, t.part ?? ''];

/** What was said from this page. The service answers no one's ratings back, and a new rating takes an old one's place. */
export function useRating(target: FeedbackTarget): [Rating, (rating: Rating) => void] {
  const client = useQueryClient();
  const { data } = useQuery<Rating>({ queryKey: key(target), queryFn: () => 0, enabled: false, initialData: 0, staleTime: Infinity, gcTime: Infinity });
  return [data, (rating) => { client.setQueryData(key(target), rating); }];
}
