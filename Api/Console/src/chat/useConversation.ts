import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Conversation } from './conversation';

export function useConversation(id: string) {
  const client = useQueryClient();
  const [conversation] = useState(() => new Conversation(id, () => { void client.invalidateQueries({ queryKey: ['sessions'] }); }));
  useEffect(() => conversation.start(), [conversation]);
  return { conversation, view: useSyncExternalStore(conversation.subscribe, conversation.view) };
}
