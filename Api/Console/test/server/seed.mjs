import { feedback } from './experts.mjs';
import { seedKnowledge } from './knowledge.mjs';
import { seedMemory } from './memory.mjs';
import { seedPanels } from './panels.mjs';
import { create, past, sessions } from './store.mjs';

const titles = ['Potassium after starting spironolactone', 'Supplier change, type IB or II', 'Paediatric extension, waiver or deferral', 'Non-inferiority margin for the bridging study', 'Risk management plan after the signal', 'SGLT2 inhibitors before surgery', 'Endpoint hierarchy in the phase III protocol', 'Black triangle: when may it go?', 'Renal dosing of apixaban', 'Worksharing across three licences'];
export function seed() {
  sessions.clear();
  feedback.clear();
  seedKnowledge();
  seedMemory();
  void seedPanels();
  for (let i = 41; i >= 0; i--) {
    const at = new Date(Date.now() - i * 17 * 3600_000 - 60_000);
    const s = create({ agent: ['regulatory-expert', 'medical-specialist', 'clinical-researcher'][i % 3], title: titles[i % 10] + (i >= 10 ? `, part ${Math.floor(i / 10) + 1}` : ''), at });
    // One long conversation, so that earlier messages come page by page.
    for (let t = 0; t < (i === 1 ? 40 : 1); t++) past(s, i === 1 ? `Question number ${t + 1} about the supplier` : 'What has to be checked before the first dose?', `The baseline is measured before the first dose, and again within one week [1].\n\nTurn ${t + 1} of this conversation.`, at);
  }
}
