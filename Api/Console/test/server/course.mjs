// What the seats of the test server's panels say, phase by phase, and what comes of it.
import { citations } from './content.mjs';

const stances = ['Measure within one week', 'Measure within one week', 'Measure at three days in the frail', 'Measure within one week'];
const texts = [
  `Serum potassium and renal function belong **before** the first dose and again **within one week** [1]. The guidance names both, and the second value is the one that changes the dose most often.\n\nA month later a third value closes the titration. Where potassium stands above 5.5 mmol/L the dose is halved [1].`,
  `The label and the guidance agree on one week and one month [1]. Nothing in the file asks for more.\n\n1. Baseline, not older than two weeks.\n2. Day seven, whatever the dose.\n3. Week four, then every three months.\n\nWhoever records less has to say why; an inspector will ask [3].`,
  `For most patients a week is enough. In the frail, and below an eGFR of 45, potassium rises **within three days**; the trials measured then, and that is where the events lie.\n\nI would set day three for this group and keep day seven for the others [1].`,
  `Each claim was tested against the stored sources. "Within one week" is supported word for word [1]; "day three" rests on one trial and on no guideline.`,
];
const base = (n) => ({ text: texts[n % 4], stance: stances[n % 4], confidence: [0.82, 0.74, 0.58, 0.66][n % 4], isCalibrated: n % 4 === 0, estimate: null, choice: null, ranking: [], points: [], scores: {}, citations: n % 4 === 1 ? [citations[0], citations[2]] : [citations[0]], isContent: null });
const short = (text, more) => ({ ...base(0), text, stance: null, citations: [], ...more });

export function optionsOf(p) {
  if (p.options.length) return p.options.map((text, i) => ({ label: 'ABCDEFGH'[i], text, authors: [] }));
  return [{ label: 'A', text: stances[0], authors: ['s1', 's2'] }, { label: 'B', text: stances[2], authors: ['s3'] }];
}

/** The rounds of a protocol: who is invited to what, and what they say. */
export function courseOf(p) {
  const members = p.seats.filter((s) => s.role !== 'chair' && s.role !== 'judge'), head = p.seats.filter((s) => s.role === 'chair' || s.role === 'judge'), options = optionsOf(p);
  const entries = members.filter((s) => s.agent).map((s, n) => ({ speaker: `Voice ${'ABCDEF'[n]}`, phase: 'draft', round: 1, said: base(n) }));
  const round = (phase, invited, says, more = {}) => ({ phase, cycle: 1, invited, says, entries: [], options: [], digest: null, instructions: 'Answer the question for yourself. Name what it rests on, and how sure you are.', ...more });
  const all = (s, n) => base(n);
  const ballot = round('ballot', members, (s, n) => {
    const at = (n === 2 ? 1 : 0) % options.length;
    return short(n === 2 ? 'The frail are not covered by the first option.' : 'It is the only one that the guidance names word for word.', { confidence: base(n).confidence, choice: p.rule === 'borda' ? null : options[at].label, ranking: p.rule === 'borda' ? [options[at].label, ...options.filter((_, i) => i !== at).map((o) => o.label)] : [] });
  }, { options, entries, instructions: p.rule === 'borda' ? 'Rank the options, best first. You are not told who holds which.' : 'Vote for one option. You are not told who holds which.' });
  const critique = round('critique', members, (s, n) => short('The week is right for most, and the exception is not named.', { points: n === 2 ? ['No value before day seven for an eGFR below 45.', 'The month is said, but not what follows it.'] : ['Say what happens above 5.5 mmol/L.'], isContent: n === 1 }), { entries });
  const revise = (cycle) => round('revise', members, (s, n) => ({ ...base(n), stance: n === 2 && cycle === 1 ? stances[2] : stances[0] }), { cycle });
  const synthesis = round('synthesize', head, () => ({ ...base(0), text: `All seats ask for a value before the first dose and one within a week [1]. One seat asks for day three in the frail; the sources carry that only in part.` }));
  switch (p.protocol) {
    case 'vote': return p.options.length ? [round('draft', members, all), ballot] : [round('draft', members, all), ballot];
    case 'consensus': return [round('draft', members, all), critique, revise(1), { ...critique, cycle: 2 }, revise(2)];
    case 'delphi': return [1, 2, 3].map((cycle) => round('estimate', members, (s, n) => short('From the margin of 1.25 and a spread of 0.38, with a tenth for those who leave.', { stance: `About ${[180, 210, 240, 196][n % 4]} in each arm`, confidence: base(n).confidence, estimate: Math.round(200 + ([180, 230, 320, 196][n % 4] - 200) / cycle), citations: [citations[0]] }), { cycle, digest: cycle === 1 ? null : 'Last round: median 205, the middle half from 192 to 252.', instructions: 'Estimate the number. You see how the last estimates lay, and not whose they were.' }));
    case 'adversarial': return [round('propose', [members[0]], () => base(0)), round('challenge', [members[1]], () => ({ ...base(2), points: ['The committee may meet before the data are there.'] })), round('rebut', [members[0]], () => base(1)), round('judge', head, () => short('The proposal stands: its ground is in the guidance, the objection is about time and not about substance.', { choice: 'proposer', confidence: 0.71 }))];
    case 'socratic': return [round('answer', [members[1]], () => base(0)), round('question', [members[0]], () => short('What do you take for granted?', { points: ['Is the baseline never older than two weeks?'] })), round('answer', [members[1]], () => ({ ...base(1), points: ['That the laboratory answers within a day.'] }))];
    case 'review': return [round('draft', [members[0]], () => base(0)), round('review', members.slice(1), (s, n) => short('Sound and well ordered; the effectiveness of measures is told too briefly.', { choice: n === 0 ? 'minor' : 'major', scores: Object.fromEntries((p.criteria.length ? p.criteria : ['Soundness', 'Clarity']).map((c, i) => [c, 4 - (i + n) % 3])), points: ['Say how the effect of the measures is measured.'], confidence: base(n).confidence }))];
    default: return [round('draft', members, all), synthesis];
  }
}

export function outcomeOf(p) {
  const members = p.seats.filter((s) => s.role !== 'chair' && s.role !== 'judge'), ids = members.map((s) => s.id), options = optionsOf(p), dissent = ids[2] ?? ids[1], holders = ids.filter((id) => id !== dissent);
  const share = holders.reduce((n, id) => n + p.seats.find((s) => s.id === id).weight, 0) / members.reduce((n, s) => n + s.weight, 0);
  const positions = members.map((s, n) => ({ seat: s.id, agent: s.agent, name: s.name, role: s.role, answer: texts[n % 4], stance: p.protocol === 'delphi' ? `About ${[180, 210, 240, 196][n % 4]} in each arm` : stances[n % 4], confidence: base(n).confidence, evidence: base(n).citations, round: 1, estimate: p.protocol === 'delphi' ? [193, 210, 240, 199][n % 4] : null }));
  const rule = { name: p.rule ?? p.protocol, stopped: { consensus: 'agreed', delphi: 'stable', socratic: 'no_open_question' }[p.protocol] ?? 'decided', options: [], weights: [], spread: [], agreement: { share, method: 'meaning and stance, version 1', clusters: [{ seats: holders, representative: holders[0], share, stance: stances[0] }, { seats: [dissent], representative: dissent, share: 1 - share, stance: stances[2] }] }, criteria: [], tieBreak: null, threshold: { consensus: 0.66, delphi: 0.8, vote: 0.5 }[p.protocol] ?? null, cycles: { consensus: 2, delphi: 3 }[p.protocol] ?? 1, verdict: { adversarial: 'proposer', review: 'minor' }[p.protocol] ?? null, assumptions: p.protocol === 'socratic' ? ['That the laboratory answers within a day.'] : [] };
  if (p.protocol === 'vote') {
    rule.options = options.map((o, i) => { const voters = i === 0 ? holders : i === 1 ? [dissent] : [], weight = voters.reduce((n, id) => n + p.seats.find((s) => s.id === id).weight * 0.8, 0); return { ...o, votes: voters.length, weight, points: p.rule === 'borda' ? Math.max(0, options.length - 1 - i + (i === 0 ? -0.33 : 0.33)) : 0, ballots: ids.length, voters }; });
    rule.weights = members.map((s, n) => ({ seat: s.id, weight: s.weight * base(n).confidence, parts: { track: s.weight, quality: 1, confidence: base(n).confidence } }));
    if (p.rule === 'borda') rule.tieBreak = 'first_places';
  }
  if (p.protocol === 'delphi') { rule.agreement = null; rule.spread = [[1, 213, 188, 276, 0.5], [2, 205, 195, 231, 0.75], [3, 203, 198, 217, 0.82]].map(([cycle, median, lowerQuartile, upperQuartile, agreement]) => ({ cycle, estimates: 4, median, lowerQuartile, upperQuartile, agreement })); }
  if (p.protocol === 'review') rule.criteria = (p.criteria.length ? p.criteria : ['Soundness', 'Clarity']).map((criterion, i) => ({ criterion, mean: 3.5 - i * 0.5, lowest: 2 + (i === 0 ? 1 : 0), highest: 4, reviews: 2 }));
  const seats = p.seats.map((s) => ({ seat: s.id, agent: s.agent, usage: p.spent[s.id] ?? { inputTokens: 0, outputTokens: 0 }, answers: p.journal.filter((e) => e.seat === s.id && e.said).length }));
  const total = seats.reduce((u, s) => ({ inputTokens: u.inputTokens + s.usage.inputTokens, outputTokens: u.outputTokens + s.usage.outputTokens }), { inputTokens: 0, outputTokens: 0 });
  return {
    decision: 'decided', rule, positions, citations: [citations[0], citations[2]],
    answer: p.protocol === 'delphi' ? 'About **203 patients** in each arm: half of the last estimates lie between 198 and 217.' : `Potassium and renal function are measured **before the first dose**, again **within one week**, and at one month [1].\n\nThe plan says so, and says who looks at the value on the day it arrives [3].`,
    minorityReport: [{ seats: [dissent], stance: p.protocol === 'delphi' ? 'About 240 in each arm' : stances[2], answer: texts[2], share: 1 - share, confidence: 0.58, objections: ['Those below an eGFR of 45 are left without a value until day seven.', 'The trials that carry the benefit measured on day three.'], evidence: [citations[0]] }],
    recommendation: { text: 'Take the answer as it stands, and add day three for patients below an eGFR of 45: it costs one more sample, and answers the only objection.', grounds: ['Two of three seats rest on the same sentence of the guidance.', 'The objection concerns a group that the guidance does not treat apart.'] },
    confidence: { value: 0.72, band: 'high', calibrated: false, signals: { agreement: share, seats: 0.75, evidence: 0.8 } },
    cost: { total: { ...total, microUsd: 41_200 }, seats }, timeline: p.rounds, absent: p.absent,
  };
}
