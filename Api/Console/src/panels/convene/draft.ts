import type { Convene, ProtocolId, Standing } from '../../api/panels';
import { Problem } from '../../api/problem';
import { protocolOf } from '../words';

export type Who = 'compose' | 'choose' | 'standing';

/** The form as it is filled in: numbers are text until they are sent. */
export interface Draft {
  readonly protocol: ProtocolId;
  readonly who: Who;
  readonly agents: readonly string[];
  readonly people: readonly string[];
  readonly standing: string;
  readonly chair: string;
  readonly rule: string;
  readonly options: readonly string[];
  readonly criteria: readonly string[];
  readonly subject: string;
  readonly rounds: string;
  readonly quorum: string;
  readonly threshold: string;
  readonly seatSeconds: string;
  readonly personMinutes: string;
  readonly seatTokens: string;
}
export const newDraft: Draft = { protocol: 'parallel', who: 'compose', agents: [], people: [], standing: '', chair: '', rule: 'majority', options: [], criteria: [], subject: '', rounds: '', quorum: '', threshold: '', seatSeconds: '', personMinutes: '', seatTokens: '' };

const lines = (list: readonly string[]) => list.map((x) => x.trim()).filter((x) => x !== '');
const number = (text: string) => text.trim() === '' ? undefined : Number(text);

/** What is sent: only what this protocol knows, and only what was said. */
export function requestOf(question: string, d: Draft): Convene {
  const p = protocolOf(d.protocol), people = lines(d.people), options = lines(d.options), criteria = lines(d.criteria), threshold = number(d.threshold), minutes = number(d.personMinutes);
  const all: { [K in keyof Convene]: Convene[K] | undefined } = {
    question: question.trim(), protocol: d.protocol,
    agents: d.who === 'choose' ? d.agents : undefined,
    standing: d.who === 'standing' && d.standing !== '' ? d.standing : undefined,
    people: people.length > 0 ? people : undefined,
    chair: p.chair !== undefined && d.chair !== '' ? d.chair : undefined,
    rule: d.protocol === 'vote' ? d.rule : undefined,
    options: d.protocol === 'vote' && options.length > 0 ? options : undefined,
    criteria: d.protocol === 'review' && criteria.length > 0 ? criteria : undefined,
    subject: d.protocol === 'review' && d.subject.trim() !== '' ? d.subject.trim() : undefined,
    rounds: p.cycles === undefined ? undefined : number(d.rounds),
    quorum: number(d.quorum),
    threshold: p.threshold === undefined || threshold === undefined ? undefined : threshold / 100,
    seatSeconds: number(d.seatSeconds),
    personSeconds: people.length === 0 || minutes === undefined ? undefined : Math.round(minutes * 60),
    seatTokens: number(d.seatTokens),
  };
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined)) as unknown as Convene;
}

/** A standing panel brings its own ways; each can still be changed. */
export const withStanding = (d: Draft, s: Standing): Draft => ({
  ...d, who: 'standing', standing: s.id, protocol: s.protocol, rule: s.rule ?? d.rule, criteria: s.criteria,
  rounds: s.cycles === null ? '' : String(s.cycles), quorum: s.quorum === null ? '' : String(s.quorum),
});

const ofCode: readonly (readonly [RegExp, keyof Convene])[] = [[/standing/, 'standing'], [/agent|compose/, 'agents'], [/option/, 'options'], [/quorum/, 'quorum']];

/** What the server has against a field, by the field's name; a refusal that names none is placed by its code, or nowhere. */
export function errorsOf(e: unknown): Readonly<Partial<Record<keyof Convene, string>>> {
  if (!(e instanceof Problem)) return {};
  const named = Object.entries(e.fields).map(([field, rules]) => [field.charAt(0).toLowerCase() + field.slice(1).replace(/[[.].*$/, ''), rules.join(' ')] as const);
  if (named.length > 0) return Object.fromEntries(named);
  const at = ofCode.find(([code]) => code.test(e.code ?? ''));
  return at ? { [at[1]]: e.detail === undefined ? e.message : `${e.message}. ${e.detail}` } : {};
}
