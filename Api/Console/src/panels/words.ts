import type { Decision, PanelStatus, Phase, ProtocolId } from '../api/panels';

export interface Protocol {
  readonly id: ProtocolId;
  readonly name: string;
  readonly sentence: string;
  /** How long it takes, in the words of rounds. */
  readonly course: string;
  /** What its passes are called, where their number is up to the caller. */
  readonly cycles?: string;
  readonly chair?: string;
  readonly threshold?: string;
  /** What its seats are, where they are not simply members. */
  readonly seats?: string;
}

export const protocols: readonly Protocol[] = [
  { id: 'parallel', name: 'Parallel', sentence: 'Everybody answers alone; a chair brings the answers together.', course: 'One round and a synthesis', chair: 'Chair' },
  { id: 'roundtable', name: 'Roundtable', sentence: 'One speaks after the other, each building on those before.', course: 'A turn each, and a synthesis', cycles: 'Times around the table', chair: 'Chair' },
  { id: 'vote', name: 'Vote', sentence: 'Everybody answers alone, then all vote on the answers or on your options.', course: 'Drafts and a ballot' },
  { id: 'consensus', name: 'Consensus', sentence: 'Answers are criticised and revised until enough of them agree.', course: 'Until agreed', cycles: 'Revisions at most', threshold: 'Share that must agree' },
  { id: 'delphi', name: 'Delphi', sentence: 'Anonymous estimates, shown the spread of the last round, until they are stable.', course: 'Until stable', cycles: 'Rounds of estimates at most', threshold: 'Stability needed' },
  { id: 'adversarial', name: 'Adversarial', sentence: 'One proposes, one challenges, and a judge decides who prevails.', course: 'Argument, reply, judgement', cycles: 'Exchanges at most', chair: 'Judge', seats: 'The first proposes, the second challenges.' },
  { id: 'socratic', name: 'Socratic', sentence: 'A questioner who may only ask tests an answer until no question is open.', course: 'Until nothing is open', cycles: 'Questions at most', seats: 'The first asks, the second answers.' },
  { id: 'review', name: 'Review', sentence: 'A text is judged by criteria: accept, minor, major or reject.', course: 'Reviews, and a decision', cycles: 'Revisions at most', seats: 'Without a text of yours, the first writes it.' },
];
export const protocolOf = (id: string): Protocol => protocols.find((p) => p.id === id) ?? { id: id as ProtocolId, name: id, sentence: '', course: '' };

export const rules: Readonly<Record<string, readonly [string, string]>> = {
  majority: ['Majority', 'Most ballots win.'],
  weighted: ['Weighted', 'A ballot counts by its confidence and its record.'],
  borda: ['Borda', 'Options are ranked; places give points.'],
};

/** By which rule a panel decided, as a sentence goes on from "decided". */
export const byRule = (name: string) => ({ majority: 'a majority of the votes', weighted: 'a weighted vote', borda: 'a Borda count' } as Readonly<Record<string, string>>)[name] ?? `the ${name === 'delphi' ? 'Delphi' : protocolOf(name).name.toLowerCase()} protocol`;

const phases: Readonly<Record<Phase, readonly [string, string]>> = {
  draft: ['Drafts', 'answers alone'], speak: ['Turn', 'speaks'], critique: ['Critique', 'criticises'], revise: ['Revision', 'revises its answer'], estimate: ['Estimates', 'estimates'],
  ballot: ['Ballot', 'votes'], propose: ['Proposal', 'proposes'], challenge: ['Challenge', 'challenges'], rebut: ['Reply', 'replies'], judge: ['Judgement', 'judges'],
  question: ['Question', 'asks'], answer: ['Answer', 'answers'], review: ['Reviews', 'reviews'], synthesize: ['Synthesis', 'brings it together'],
};
export const phaseName = (p: Phase) => (phases as Readonly<Record<string, readonly [string, string] | undefined>>)[p]?.[0] ?? p;
export const phaseDoing = (p: Phase) => (phases as Readonly<Record<string, readonly [string, string] | undefined>>)[p]?.[1] ?? 'speaks';

const absences: Readonly<Record<string, string>> = {
  deadline: 'Did not answer in time', failed: 'Could not answer', budget: 'Its budget is used up', declined: 'Declined to answer',
};
export const absenceWords = (reason: string) => absences[reason] ?? 'Was not there';

export const stoppedWords: Readonly<Record<string, string>> = {
  decided: '', agreed: ', once enough agreed', stable: ', once the estimates were stable', no_open_question: ', once no question was open',
  cycles: ', with all passes used up', deadline: ', at its deadline', quorum: ', with too few answers',
};

export const decisionWords: Readonly<Record<Decision, readonly [string, 'ok' | 'warn' | 'bad']>> = {
  decided: ['Decided', 'ok'], undecided: ['Undecided', 'warn'], no_quorum: ['No quorum', 'bad'],
};
const statusWords: Readonly<Record<PanelStatus, readonly [string, 'ok' | 'warn' | 'bad' | undefined]>> = {
  queued: ['Convening', undefined], running: ['In session', undefined], completed: ['Ended', 'ok'], failed: ['Failed', 'bad'], cancelled: ['Cancelled', undefined], expired: ['Out of time', 'warn'], budget_exhausted: ['Budget used up', 'warn'],
};
/** How a panel stands, in two words at most, and how good that is. */
export const stateWords = (status: PanelStatus, decision: Decision | null | undefined) => status === 'completed' && decision ? decisionWords[decision] : statusWords[status];

export const endWords: Readonly<Partial<Record<PanelStatus, string>>> = {
  failed: 'The panel failed before it came to an outcome.', cancelled: 'The panel was cancelled before it came to an outcome.',
  expired: 'The panel ran out of time before it came to an outcome.', budget_exhausted: 'The budget was used up before the panel came to an outcome.',
};

export const roleName = (role: string) => role.charAt(0).toUpperCase() + role.slice(1);
export const bandOf = (confidence: number) => confidence < 0.4 ? 'low' : confidence < 0.7 ? 'medium' : 'high';
export const percent = (share: number) => `${Math.round(share * 100)} %`;
export const decimal = (v: number) => Number.isInteger(v) ? v.toLocaleString('en') : v.toLocaleString('en', { maximumFractionDigits: 2, minimumFractionDigits: Math.abs(v) < 10 ? 2 : 0 });
export const tokens = (n: number) => `${n.toLocaleString('en')} ${n === 1 ? 'token' : 'tokens'}`;

/** Words of an answer in one line, without its marks: for where there is no room for more. */
export const plain = (markdown: string) => markdown.replace(/\s*\[\d+(?:,\s*\d+)*\]/g, '').replace(/[*_`#>|]+/g, '').replace(/\s+/g, ' ').trim();

/** What is left until an instant, as a clock shows it; long spans in words. */
export function left(until: string, now: number): string {
  const s = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  if (s >= 172_800) return `${Math.floor(s / 86_400)} days`;
  if (s >= 36_000) return `${Math.floor(s / 3600)} h`;
  const two = (n: number) => String(n).padStart(2, '0');
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}
export const duration = (from: string, to: string) => {
  const s = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  return s < 60 ? `${s} s` : s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
};
