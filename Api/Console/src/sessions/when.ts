const day = 86_400_000;
const midnight = (t: Date) => new Date(t.getFullYear(), t.getMonth(), t.getDate()).getTime();

/** Under which heading a conversation stands in the list. */
export function groupOf(at: string, now: Date): string {
  const days = Math.round((midnight(now) - midnight(new Date(at))) / day);
  return days <= 0 ? 'Today' : days === 1 ? 'Yesterday' : days < 7 ? 'Previous 7 days' : days < 30 ? 'Previous 30 days' : 'Earlier';
}

/** As short as it can be said: the time today, the weekday this week, else the date. */
export function shortTime(at: string, now: Date): string {
  const t = new Date(at), days = Math.round((midnight(now) - midnight(t)) / day);
  if (Number.isNaN(t.getTime())) return '';
  if (days <= 0) return t.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (days < 7) return t.toLocaleDateString(undefined, { weekday: 'short' });
  return t.toLocaleDateString(undefined, { day: 'numeric', month: 'short', ...(t.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) });
}
