import { describe, expect, it } from 'vitest';
import type { Contribution } from '../src/api/panels';
import { emptyRoom, lastBefore, reduceRoom, stanceBefore, standingOf, type PanelEventData, type Room, type RoomAction } from '../src/panels/room';

const on = (name: string, data: PanelEventData): RoomAction => ({ type: 'event', durable: data.seq !== undefined, name, data: { runId: 'run', ...data } });
const play = (actions: readonly RoomAction[], from: Room = emptyRoom) => actions.reduce(reduceRoom, from);
const id = (seat: string, round: number) => `p.${round}.${seat}`;
const live = (name: string, seat: string, round: number, more: PanelEventData) => on(`message.${name}`, { seat, round, messageId: id(seat, round), attempt: 1, ...more });
const delta = (seat: string, offset: number, text: string, round = 1, attempt = 1) => live('delta', seat, round, { offset, text, attempt });
const says = (seq: number, seat: string, round: number, said: Partial<Contribution>, name = 'panel.position') => on(name, { seq, seat, round, phase: 'draft', messageId: id(seat, round), said: { text: '', ...said }, usage: { inputTokens: 10, outputTokens: 5 } });
const opens = (seq: number, round: number, seats: readonly string[], phase: 'draft' | 'ballot' = 'draft') => on('panel.round.opened', { seq, round, cycle: 1, phase, deadlines: Object.fromEntries(seats.map((s) => [s, '2026-01-01T00:01:00Z'])) });
const seat = (s: string, agent: string | null = s) => ({ id: s, agent, name: s, role: 'member', weight: 1 });
const begun = [
  on('run.accepted', { seq: 1 }),
  on('panel.convened', { seq: 2, charter: { seats: [seat('s1'), seat('s2'), seat('s3', null)] } }),
  on('run.started', { seq: 3 }),
  opens(4, 1, ['s1', 's2', 's3']),
];
const text = (r: Room, s: string, round = 1) => r.writing[id(s, round)]?.text;

describe('several seats that write at once', () => {
  it('are each told apart by their seat, however their words are mixed', () => {
    const r = play([...begun, delta('s1', 0, 'One '), delta('s2', 0, 'Two '), delta('s1', 4, 'after'), delta('s2', 4, 'before')]);
    expect([text(r, 's1'), text(r, 's2')]).toEqual(['One after', 'Two before']);
  });
  it('are restored by a snapshot of each of them, and go on from there', () => {
    const before = play([...begun, delta('s1', 0, 'One '), delta('s2', 0, 'Tw')]);
    const r = play([live('snapshot', 's1', 1, { text: 'One and a half', offset: 14 }), live('snapshot', 's2', 1, { text: 'Two', offset: 3 }), delta('s1', 10, 'half'), delta('s1', 14, '.'), delta('s2', 3, '!')], before);
    expect([text(r, 's1'), text(r, 's2')]).toEqual(['One and a half.', 'Two!']);
  });
  it('begin again one by one: a reset of one leaves the others their words', () => {
    const r = play([...begun, delta('s1', 0, 'One'), delta('s2', 0, 'Two'), live('reset', 's1', 1, { attempt: 2 }), delta('s1', 3, ' late'), delta('s1', 0, 'Anew', 1, 2)]);
    expect([text(r, 's1'), text(r, 's2')]).toEqual(['Anew', 'Two']);
  });
  it('show a hole only where it is', () => {
    const r = play([...begun, delta('s1', 0, 'One '), delta('s1', 9, 'more'), delta('s2', 0, 'Two')]);
    expect([r.writing[id('s1', 1)]?.gap, r.writing[id('s2', 1)]?.gap, text(r, 's1')]).toEqual([true, false, 'One ']);
  });
  it('leave the rest as it is when a frame comes twice', () => {
    const r = play([...begun, delta('s1', 0, 'One')]);
    expect(reduceRoom(r, delta('s1', 0, 'One'))).toBe(r);
  });
});

describe('live words that come late', () => {
  const said = play([...begun, delta('s1', 0, 'Half'), says(5, 's1', 1, { text: 'Whole' })]);
  it('do not touch what the journal has', () => {
    expect(said.writing).toEqual({});
    expect(reduceRoom(said, delta('s1', 4, ' a word'))).toBe(said);
    expect(reduceRoom(said, live('snapshot', 's1', 1, { text: 'Half' }))).toBe(said);
  });
  it('do not bring back a seat that is absent', () => {
    const r = play([on('panel.absent', { seq: 6, seat: 's2', round: 1, messageId: id('s2', 1), reason: 'deadline' })], said);
    expect(reduceRoom(r, delta('s2', 0, 'too late'))).toBe(r);
  });
  it('of a round that is closed, or of a panel that has ended, are dropped', () => {
    const closed = play([delta('s2', 0, 'almost'), on('panel.round.closed', { seq: 6, round: 1 })], said);
    expect(closed.writing).toEqual({});
    expect(reduceRoom(closed, delta('s2', 6, ' there'))).toBe(closed);
    const over = play([on('run.cancelled', { seq: 6, reason: 'requested' })], play([delta('s2', 0, 'almost')], said));
    expect([over.status, over.writing]).toEqual(['cancelled', {}]);
    expect(reduceRoom(over, delta('s2', 6, ' there'))).toBe(over);
  });
  it('and those that are ahead of the event that opens their round wait for it', () => {
    const ahead = play([on('panel.round.closed', { seq: 6, round: 1 }), delta('s1', 0, 'Early', 2)], said);
    expect(text(ahead, 's1', 2)).toBe('Early');
    const r = play([opens(7, 2, ['s1', 's2'])], ahead);
    expect(standingOf(r, 's1', r.rounds[1])).toMatchObject({ kind: 'writing', words: { text: 'Early' } });
  });
  it('without a seat or a round are nobody’s', () => {
    const r = play(begun);
    expect(reduceRoom(r, on('message.delta', { messageId: 'x', attempt: 1, offset: 0, text: 'who?' }))).toBe(r);
  });
});

describe('the journal', () => {
  const all = [...begun, says(5, 's1', 1, { text: 'A', stance: 'Yes' }), on('panel.absent', { seq: 6, seat: 's2', round: 1, messageId: id('s2', 1), reason: 'failed', error: { message: 'No model' }, usage: { inputTokens: 3, outputTokens: 1 } }), on('panel.steered', { seq: 7, author: 'me', text: 'No prices.' }), on('panel.round.closed', { seq: 8, round: 1 }), opens(9, 2, ['s1', 's3'], 'ballot'), says(10, 's1', 2, { choice: 'A' }, 'panel.vote')];
  it('told again after a reconnect tells nothing twice', () => {
    const once = play(all);
    expect(play([...all, ...all.slice(4)], once)).toBe(once);
    expect(once.steering).toEqual([{ author: 'me', text: 'No prices.', afterRound: 1, at: '' }]);
    expect(once.spent).toEqual({ s1: { inputTokens: 20, outputTokens: 10 }, s2: { inputTokens: 3, outputTokens: 1 } });
  });
  it('read from the beginning is what it was when it was followed', () => {
    const followed = play([...all.slice(0, 4), delta('s1', 0, 'A'), delta('s2', 0, 'half'), ...all.slice(4)]);
    expect(followed).toEqual(play(all));
  });
  it('says of each seat how it stands', () => {
    const r = play(all), [first, second] = r.rounds;
    expect(standingOf(r, 's2', first)).toMatchObject({ kind: 'absent', missing: { reason: 'failed', error: 'No model' } });
    expect(standingOf(r, 's1', second)).toMatchObject({ kind: 'said', words: { said: { choice: 'A' } } });
    expect(standingOf(r, 's2', second)).toEqual({ kind: 'listening' });
    expect(standingOf(r, 's3', second)).toEqual({ kind: 'awaited', until: '2026-01-01T00:01:00Z' });
    expect([lastBefore(r, 's1', 2)?.said.text, stanceBefore(r, 's1', 2), stanceBefore(r, 's2', 2)]).toEqual(['A', 'Yes', undefined]);
  });
  it('keeps names that this page does not know from moving anything but the place', () => {
    const r = play(begun), s = reduceRoom(r, on('panel.lunch', { seq: 5, seat: 's1' }));
    expect({ ...s, seq: 4 }).toEqual(r);
  });
  it('is believed over the view, which only fills in until it speaks', () => {
    const panel = { runId: 'run', seats: [seat('old')], status: 'running' } as unknown as Extract<RoomAction, { type: 'loaded' }>['panel'];
    expect(reduceRoom(emptyRoom, { type: 'loaded', panel }).seats[0]?.id).toBe('old');
    const r = play(begun);
    expect(reduceRoom(r, { type: 'loaded', panel })).toBe(r);
  });
});
