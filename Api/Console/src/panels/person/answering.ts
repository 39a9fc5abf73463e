import type { PersonAnswer, Phase, SeatBrief } from '../../api/panels';

/** What a person is writing for a seat. */
export interface Spoken {
  readonly text: string;
  readonly stance: string;
  /** Per cent; undefined is "not said". */
  readonly sure: number | undefined;
  readonly estimate: string;
  readonly choice: string;
  readonly ranking: readonly string[];
  readonly points: readonly string[];
  readonly scores: Readonly<Record<string, number>>;
}

/** Which parts a phase asks for; what is not asked for is not sent. */
export interface Wanted { readonly text: string; readonly textNeeded: boolean; readonly stance: boolean; readonly estimate: boolean; readonly ballot: 'one' | 'rank' | undefined; readonly choices: readonly (readonly [string, string])[]; readonly points: string | undefined; readonly scores: readonly string[] }

const position: Partial<Record<Phase, string>> = { draft: 'Your answer', speak: 'Your turn', revise: 'Your revised answer', propose: 'Your proposal', challenge: 'Your challenge', rebut: 'Your reply', answer: 'Your answer', synthesize: 'The synthesis', estimate: 'Your reasons' };
const verdicts = [['accept', 'Accept'], ['minor', 'Minor revision'], ['major', 'Major revision'], ['reject', 'Reject']] as const;
const sides = [['proposer', 'The proposer prevails'], ['challenger', 'The challenger prevails']] as const;

export function wanted(a: Pick<SeatBrief, 'phase' | 'options' | 'criteria'>, rule: string | null): Wanted {
  const nothing: Wanted = { text: position[a.phase] ?? 'What you say', textNeeded: true, stance: false, estimate: false, ballot: undefined, choices: [], points: undefined, scores: [] };
  switch (a.phase) {
    case 'ballot': return { ...nothing, text: 'Reasons', textNeeded: false, ballot: rule === 'borda' ? 'rank' : 'one', choices: a.options.map((o) => [o.label, o.text] as const) };
    case 'judge': return { ...nothing, text: 'Reasons', ballot: 'one', choices: sides };
    case 'review': return { ...nothing, text: 'Review', ballot: 'one', choices: verdicts, points: 'Demands', scores: a.criteria };
    case 'critique': return { ...nothing, text: 'Critique', textNeeded: false, points: 'Objections' };
    case 'question': return { ...nothing, text: 'Question', textNeeded: false, points: 'Questions' };
    case 'estimate': return { ...nothing, estimate: true, stance: true, textNeeded: false };
    case 'synthesize': return nothing;
    default: return { ...nothing, stance: true };
  }
}

export const blank = (w: Wanted): Spoken => ({ text: '', stance: '', sure: undefined, estimate: '', choice: '', ranking: w.choices.map(([label]) => label), points: [], scores: {} });

/** What still has to be said before it can be sent, in a sentence; undefined when nothing is. */
export function lacking(s: Spoken, w: Wanted): string | undefined {
  if (w.textNeeded && s.text.trim() === '') return `${w.text}: a few words are needed.`;
  if (w.ballot === 'one' && s.choice === '') return 'Choose one.';
  if (w.estimate && s.estimate.trim() === '' && s.text.trim() === '') return 'A number, or an answer in words.';
  if (w.estimate && s.estimate.trim() !== '' && !Number.isFinite(Number(s.estimate))) return 'The estimate is a number, such as 12.5.';
  const open = w.scores.filter((c) => s.scores[c] === undefined);
  if (open.length > 0) return `Score ${open.join(', ')}.`;
  return undefined;
}

export function answerOf(a: Pick<SeatBrief, 'seat' | 'round'>, s: Spoken, w: Wanted): PersonAnswer {
  const points = s.points.map((p) => p.trim()).filter((p) => p !== '');
  return {
    seat: a.seat, round: a.round, answer: s.text.trim(),
    ...(w.stance && s.stance.trim() !== '' ? { stance: s.stance.trim() } : {}),
    ...(s.sure === undefined ? {} : { confidence: s.sure / 100 }),
    ...(w.estimate && s.estimate.trim() !== '' ? { estimate: Number(s.estimate) } : {}),
    ...(w.ballot === 'one' ? { choice: s.choice } : {}),
    ...(w.ballot === 'rank' ? { ranking: s.ranking } : {}),
    ...(w.points !== undefined && points.length > 0 ? { points } : {}),
    ...(w.scores.length > 0 ? { scores: s.scores } : {}),
  };
}

/** One place up (-1) or down (1); what is at an end stays there. */
export function moved(list: readonly string[], at: number, by: -1 | 1): readonly string[] {
  const to = at + by, one = list[at], other = list[to];
  if (one === undefined || other === undefined) return list;
  return list.map((x, i) => i === at ? other : i === to ? one : x);
}
