import { textOf } from '../../../core/handoff/facts.ts';
import { entryOf } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'handoff/instructions',
  dialect: 'handoff',
  severity: 'warning',
  evidences: ['handoff/next-agent'],
  requirements: ['R001-068'],
  yieldsTo: ['handoff/syntax'],
  says: 'Tell the next agent what to do, in `instructions`.',
  why: 'Files say what is there; only a sentence says what comes first and what to leave alone.',
  bad: [
    `{ "next_agent": "Lead Engineer" }
  ^^^^^^^^^^^^ warning: Lead Engineer is not told what to do: \`instructions\` is missing
`,
    `{ "next_agent": "Lead Engineer", "instructions": "  " }
                                                 ^^^^ warning: Lead Engineer is not told what to do: \`instructions\` is empty
`,
  ],
  good: [
    `{ "next_agent": "Lead Engineer", "instructions": "Build POST /orders first." }`,
    `{ "next_agent": "", "instructions": "" }`,
  ],
  *visit({ root, problems }) {
    const next = problems.length === 0 ? textOf(root, 'next_agent') : undefined;
    if (!next || next.text.trim() === '') return;
    const instructions = entryOf(root, 'instructions');
    const symbol = '/instructions';
    const who = next.text.slice(0, 60);
    if (!instructions) {
      const at = entryOf(root, 'next_agent')?.key ?? next.at;
      yield { at, message: `${who} is not told what to do: \`instructions\` is missing`, symbol };
    } else if (textOf(root, 'instructions')?.text.trim() === '')
      yield { at: instructions.value, message: `${who} is not told what to do: \`instructions\` is empty`, symbol };
  },
});
