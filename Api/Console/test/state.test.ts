import { describe, expect, it } from 'vitest';
import type { Message } from '../src/api/types';
import { empty, liveRuns, reduce, resumePoint, type Action, type EventData, type State } from '../src/chat/state';
import { turnsOf } from '../src/chat/turns';

const on = (name: string, data: EventData): Action => ({ type: 'event', durable: data.seq !== undefined, name, data: { runId: 'r1', ...data } });
const delta = (offset: number, text: string, attempt = 1) => on('message.delta', { messageId: 'a1', attempt, offset, text });
const play = (actions: Action[], from: State = empty) => actions.reduce(reduce, from);
const text = (s: State) => s.drafts.a1?.text;
const started = [
  on('message.accepted', { seq: 1, messageId: 'q1', content: 'Why?' }),
  on('run.accepted', { seq: 2 }),
  on('run.started', { seq: 3, messageId: 'q1', answerId: 'a1', agent: 'expert' }),
];
const completed = on('message.completed', { seq: 4, messageId: 'a1', parentId: 'q1', agent: 'expert', content: 'Because.', citations: [], confidence: null, finish: 'stop' });
const stored = (m: Partial<Message>): Message => ({ id: 'x', parentId: null, role: 'user', agent: null, content: '', citations: [], confidence: null, runId: null, seq: 1, at: '', finish: null, ...m });

describe('deltas', () => {
  it('are joined in order, counted in UTF-16 characters', () => {
    expect(text(play([...started, delta(0, 'a👩‍⚕️'), delta(6, 'b')]))).toBe('a👩‍⚕️b');
  });
  it('that a snapshot already brought are not said twice', () => {
    const s = play([...started, delta(0, 'one '), on('message.snapshot', { messageId: 'a1', attempt: 1, offset: 8, text: 'one two ' }), delta(4, 'two '), delta(6, 'o three')]);
    expect(text(s)).toBe('one two three');
  });
  it('after a gap are not shown until a snapshot closes it', () => {
    const gap = play([...started, delta(0, 'one '), delta(8, 'three')]);
    expect([text(gap), gap.drafts.a1?.gap]).toEqual(['one ', true]);
    const closed = play([on('message.snapshot', { messageId: 'a1', attempt: 1, offset: 13, text: 'one two three' }), delta(13, ' four')], gap);
    expect([text(closed), closed.drafts.a1?.gap]).toEqual(['one two three four', false]);
  });
  it('of an earlier attempt are dropped, and a later attempt never mixes with it', () => {
    const s = play([...started, delta(0, 'half a'), on('message.reset', { messageId: 'a1', attempt: 2 }), delta(6, ' thought'), delta(0, 'Whole', 2)]);
    expect(text(s)).toBe('Whole');
    const unannounced = play([...started, delta(0, 'half'), delta(10, 'later', 2)]);
    expect([text(unannounced), unannounced.drafts.a1?.gap]).toEqual(['', true]);
    expect(text(play([...started, delta(0, 'half'), delta(0, 'New', 2)]))).toBe('New');
  });
  it('after the answer is complete, or its run has ended, change nothing', () => {
    const done = play([...started, delta(0, 'Bec'), completed]);
    expect(reduce(done, delta(3, 'ause'))).toBe(done);
    const stopped = play([...started, delta(0, 'Bec'), on('run.cancelled', { seq: 4, reason: 'cancelled' })]);
    expect(reduce(stopped, delta(3, 'ause'))).toBe(stopped);
    expect(text(stopped)).toBe('Bec');
  });
});

describe('replay', () => {
  const all = [...started, on('retrieval.completed', { seq: 4, passages: 3 }), on('message.completed', { ...completedData(), seq: 5 }), on('run.completed', { seq: 6 })];
  it('tells everything exactly once, however often a reconnect repeats it', () => {
    const once = play(all);
    expect(play([...all, ...all.slice(2), ...all], once)).toBe(once);
    expect(once.runs.r1?.steps).toHaveLength(1);
    expect(Object.keys(once.messages)).toEqual(['q1', 'a1']);
  });
  it('in the middle of an answer goes on with the snapshot', () => {
    const before = play([...started, delta(0, 'one ')]);
    const s = play([...started, on('message.snapshot', { messageId: 'a1', attempt: 1, offset: 8, text: 'one two ' }), delta(8, 'three')], before);
    expect(text(s)).toBe('one two three');
  });
  it('knows a run from a snapshot alone', () => {
    const s = play([on('message.snapshot', { messageId: 'a1', attempt: 1, offset: 3, text: 'one' })]);
    expect(liveRuns(s).map((r) => r.id)).toEqual(['r1']);
    expect(turnsOf(s).map((t) => t.draft?.text)).toEqual(['one']);
  });
  it('ignores events it has never heard of', () => {
    const s = play(started);
    expect(reduce(s, on('panel.vote', { seq: 9 })).messages).toBe(s.messages);
    expect(reduce(s, on('weather.changed', {}))).toBe(s);
  });
});
function completedData(): EventData { return completed.type === 'event' ? completed.data : {}; }

describe('sending', () => {
  const sending: Action = { type: 'sending', outgoing: { key: 'k', content: 'Why?', onBusy: 'enqueue' } };
  const accepted: Action = { type: 'accepted', key: 'k', messageId: 'q1', runId: 'r1', at: '' };
  it('shows the message once, whether the answer or the stream comes first', () => {
    for (const order of [[accepted, ...started], [...started.slice(0, 1), accepted, ...started.slice(1)]]) {
      const s = play([sending, ...order]);
      expect(s.outbox).toEqual([]);
      expect(turnsOf(s).map((t) => [t.question?.content, t.question?.seq])).toEqual([['Why?', 1]]);
    }
    expect(play([sending, ...started]).outbox[0]?.acceptedAs).toBe('q1');
  });
  it('keeps a refused message with its reason, but not one that the stream has confirmed', () => {
    const refused: Action = { type: 'refused', key: 'k', failure: 'No.' };
    expect(play([sending, refused]).outbox[0]?.failure).toBe('No.');
    expect(play([sending, ...started, refused]).outbox).toEqual([]);
  });
});

describe('turns', () => {
  it('put an answer under its question, though another question came between', () => {
    const s = play([...started, on('message.accepted', { seq: 4, runId: 'r2', messageId: 'q2', content: 'And?' }), on('message.completed', { ...completedData(), seq: 5 })]);
    expect(turnsOf(s).map((t) => [t.question?.id, t.answers.map((a) => a.id), t.run?.status])).toEqual([['q1', ['a1'], 'running'], ['q2', [], 'queued']]);
  });
});

describe('the point to resume from', () => {
  it('is the oldest open question, else the last one', () => {
    const q = (n: number, runId: string) => stored({ id: `q${n}`, runId, seq: n });
    const a = (n: number, to: string) => stored({ id: `a${n}`, role: 'assistant', parentId: to, seq: n });
    const at = (...items: Message[]) => resumePoint(reduce(empty, { type: 'loaded', items }));
    expect(at()).toBe(0);
    expect(at(q(1, 'r1'), a(4, 'q1'))).toBe(1);
    expect(at(q(1, 'r1'), a(4, 'q1'), q(7, 'r2'), q(9, 'r3'))).toBe(7);
    expect(at(q(1, 'r1'), a(4, 'q1'), q(7, 'r2'), q(9, 'r3'), a(12, 'q2'))).toBe(7);
  });
  it('does not count a message whose place is not known yet', () => {
    const s = play([{ type: 'sending', outgoing: { key: 'k', content: 'x', onBusy: 'enqueue' } }, { type: 'accepted', key: 'k', messageId: 'q', runId: 'r', at: '' }]);
    expect(resumePoint(s)).toBe(0);
  });
});
