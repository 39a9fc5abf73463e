const first = new Map<string, string>();

/** The first question is written before its conversation exists; the page of the new conversation sends it, already listening. */
export const handOver = (sessionId: string, content: string) => { first.set(sessionId, content); };
export const takeOver = (sessionId: string) => {
  const content = first.get(sessionId);
  first.delete(sessionId);
  return content;
};
