import { describe, expect, it } from 'vitest';
import { addresseeOf, homeOf } from '../src/agents/addressee';
import type { AgentSelection } from '../src/api/selection';
import { empty, reduce, type EventData, type State } from '../src/chat/state';
import { decisionWords, methodWords } from '../src/selection/Scores';

const selection: AgentSelection = { decision: 'one', agents: ['b'], scores: [{ agent: 'b', score: 0.8, signals: {} }, { agent: 'a', score: 0.3, signals: {} }], margin: 0.5, method: 'ranker', alternatives: ['a'], question: null, ranker: 2 };
const play = (events: [string, EventData][]) => events.reduce<State>((s, [name, data], i) => reduce(s, { type: 'event', durable: true, name, data: { seq: i + 1, runId: 'r1', ...data } }), empty);
const begin: [string, EventData][] = [['message.accepted', { messageId: 'q1', content: 'Why?' }], ['run.accepted', { agent: 'auto' }], ['run.started', { messageId: 'q1', answerId: 'a1', agent: 'auto' }]];

describe('a choice', () => {
  it('names who answers from then on, and keeps why', () => {
    const run = play([...begin, ['agent.selected', { selection, agent: 'b', agentVersion: 3, reply: null }]]).runs.r1;
    expect([run?.agent, run?.chosen?.selection.margin, run?.steps.map((s) => s.agents)]).toEqual(['b', 0.5, [['b']]]);
  });
  it('of nobody leaves the service itself to answer, and says so', () => {
    const run = play([...begin, ['agent.selected', { selection: { ...selection, decision: 'ask', agents: [] }, agent: null, agentVersion: 0, reply: 'Which?' }]]).runs.r1;
    expect([run?.agent, run?.chosen?.reply, run?.steps[0]?.detail]).toEqual(['auto', 'Which?', 'and has to ask back']);
  });
  it('is put into words', () => {
    expect(decisionWords(selection)).toBe('One expert fits best');
    expect(methodWords(selection)).toBe('0.50 ahead of the next, decided by score, weights learned from 2 judgements');
  });
});

describe('whom a message asks', () => {
  it('is an expert by name, or whoever fits', () => {
    expect([addresseeOf('auto'), addresseeOf('x')]).toEqual([{ mode: 'auto' }, { mode: 'manual', agent: 'x' }]);
    expect([homeOf({ agent: null, mode: 'auto' }), homeOf({ agent: 'x', mode: 'manual' }), homeOf({ agent: null })]).toEqual(['auto', 'x', '']);
  });
});
