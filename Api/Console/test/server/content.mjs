// What the test server knows: a small catalogue, three documents, and answers that quote them.
export const key = 'test-key-0001';

export const agents = [
  { id: 'regulatory-expert', name: 'Regulatory Expert', description: 'Marketing authorisation, variations and post-approval commitments in the EU and the US.', domains: ['regulatory', 'EMA', 'FDA'], exampleQuestions: ['Which variation type covers a change of the active substance supplier?', 'When is a risk management plan updated?', 'What does the EU require before a paediatric extension?'] },
  { id: 'medical-specialist', name: 'Medical Specialist', description: 'Diagnosis and treatment by current guidelines, with the strength of evidence behind each step.', domains: ['cardiology', 'nephrology'], exampleQuestions: ['How is potassium followed after starting an MRA?', 'When should an SGLT2 inhibitor be paused?'] },
  { id: 'clinical-researcher', name: 'Clinical Researcher', description: 'Trial design, endpoints and statistics; reads protocols and registries.', domains: ['trials', 'statistics'], exampleQuestions: ['Is a non-inferiority margin of 1.25 defensible here?'] },
  { id: 'fact-checker', name: 'Fact Checker', description: 'Takes a claim apart and tests each part against stored sources.', domains: ['verification'], exampleQuestions: [] },
].map((a) => ({ persona: '', collections: ['cardiology'], tools: ['pubmed.search'], skills: ['reading guidelines', 'weighing evidence'], languages: ['en', 'de'], jurisdictions: ['eu', 'us'], exclusions: ['Prices and reimbursement.', 'Legal advice on contracts.'], version: 3, ...a }));

const filler = (topic, n) => Array.from({ length: n }, (_, i) => `${i + 1}.${i % 3 + 1}  ${topic}. The marketing authorisation holder keeps a record of each assessment, names the person who made it, and states which data it rests on. Where the data are incomplete, the record says so, and says when they are expected.`).join('\n\n');
const quotes = [
  'Serum potassium and renal function should be measured before treatment is started, again within one week, and at one month.',
  'A change in the supplier of the active substance that requires a new assessment of the manufacturing process is submitted as a type II variation.',
  'An updated plan is submitted whenever new information may significantly change the benefit-risk balance of the product.',
];
export const documents = [
  { id: 'doc-mra', title: 'Mineralocorticoid receptor antagonists: monitoring in practice', collection: 'cardiology', text: `Mineralocorticoid receptor antagonists: monitoring in practice\n\n${filler('Scope of the guidance', 4)}\n\n5  Monitoring\n\n${quotes[0]} Where potassium exceeds 5.5 mmol/L the dose is halved; above 6.0 mmol/L treatment is stopped and the patient is reviewed the same day.\n\n${filler('Documentation of dose changes', 5)}` },
  { id: 'doc-variations', title: 'Guideline on the categories of variations', collection: 'regulatory', text: `Guideline on the categories of variations\n\n${filler('General principles', 6)}\n\nB.I.a.1  Manufacture\n\n${quotes[1]} Minor changes that do not affect the specification may be grouped in an annual report.\n\n${filler('Grouping and worksharing', 4)}` },
  { id: 'doc-rmp', title: 'Good pharmacovigilance practices, module V: risk management systems', collection: 'regulatory', text: `Risk management systems\n\n${filler('Structure of the plan', 3)}\n\n${quotes[2]} It is also submitted at the request of the authority, or when an important milestone is reached.\n\n${filler('Effectiveness of measures', 6)}` },
];
// One for each mark of the answer, in order: the second [1] rests on a sentence of its own, as does the second [2].
const again = ['the dose is halved; above 6.0 mmol/L treatment is stopped and the patient is reviewed the same day.', 'Minor changes that do not affect the specification may be grouped in an annual report.'];
const cite = (n, quote, support) => {
  const d = documents[n - 1], start = d.text.indexOf(quote);
  return { n, documentId: d.id, title: d.title, quote, start, end: start + quote.length, support };
};
export const citations = [cite(1, quotes[0], 'supported'), cite(2, quotes[1], 'supported'), cite(3, quotes[2], 'partial'), cite(1, again[0], 'partial'), cite(2, again[1], 'supported'), cite(1, quotes[0], 'supported'), cite(3, quotes[2], 'partial')];
export const counts = { supported: 4, partial: 3, unsupported: 1, removed: 1, unchecked: 0 };
export const confidence = { value: 0.62, band: 'medium', calibrated: false, signals: { retrieval: 0.81, agreement: 0.55, verification: 0.67, margin: 0.44 } };

export const answer = `## Short answer

Check potassium and renal function **before** the first dose, within one week, and at one month [1]. A new supplier of the active substance needs its own variation [2], and the risk management plan follows when the balance of benefit and risk may shift [3].

### What to do in which order

1. Measure the baseline; do not start above 5.0 mmol/L *without* a second value.
2. Repeat within seven days, then at four weeks [1].
3. File the variation before the first batch is released [2].

| Potassium, mmol/L | Dose | Next check |
| --- | --- | ---: |
| below 5.5 | unchanged | 4 weeks |
| 5.5 to 6.0 | halved | 3 days |
| above 6.0 | stopped | same day |

\`\`\`yaml
monitoring:
  baseline: [potassium, creatinine, eGFR]
  repeat: [P7D, P28D]
\`\`\`

> If only one thing is done today, book the seven-day measurement before the patient leaves.

The sources do not say how to proceed after a missed check; ask a specialist for that case [1, 3]. <script>alert(1)</script> ![x](https://evil.example/leak.png) [unsafe](javascript:alert(1))
`;
export const longAnswer = Array.from({ length: 16 }, (_, i) => `Part ${i + 1}. The record of each assessment names who made it, which data it rests on, and what would change the conclusion [${i % 3 + 1}].`).join('\n\n');
export const longCitations = Array.from({ length: 16 }, (_, i) => citations[i % 3]);
