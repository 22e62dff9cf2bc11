import { agentTrailers } from '../../../core/commit/message.ts';
import { rule } from '../../../core/rule.ts';

const once = new Set(agentTrailers.map((key) => key.toLowerCase()).filter((key) => key !== 'handoff-to'));

export default rule({
  id: 'commit/trailer-once',
  dialect: 'commit',
  severity: 'warning',
  evidences: [],
  concerns: ['review/patterns'],
  requirements: ['R001-116', 'R001-118'],
  says: 'Write each trailer of the agent format once.',
  why: 'Of two values for one key a tool takes the first or the last, as it likes. Work may be handed to several roles; it has one agent and belongs to one feature.',
  bad: [
    `feat(orders): add carts

Agent: backend-architect
Domain: engineering
agent: backend-architect
^^^^^ warning: Agent stands here twice with the same value: delete one
`,
    `feat(orders): add carts

Feature: carts
Feature: prices
^^^^^^^ warning: Tools disagree about Feature: it stands here twice, as \`carts\` and \`prices\`. Delete one
`,
  ],
  good: ['feat(orders): add carts\n\nHandoff-To: qa-engineer\nHandoff-To: frontend-developer\n'],
  fixed: [
    'feat(orders): add carts\n\nAgent: backend-architect\nDomain: engineering\n',
    'feat(orders): add carts\n\nFeature: carts\nFeature: prices\n',
  ],
  *visit({ kind, block, text }) {
    if (kind !== 'ordinary') return;
    const first = new Map<string, (typeof block.trailers)[number]>();
    for (const trailer of block.trailers) {
      const name = trailer.key.toLowerCase();
      const before = first.get(name);
      if (!before || !once.has(name)) {
        first.set(name, trailer);
        continue;
      }
      const problem = { at: trailer.keyAt, symbol: `trailer.${name}.${trailer.at.start}` };
      if (before.value !== trailer.value) {
        const values = [before.value, trailer.value].map((value) => `\`${value.slice(0, 40)}\``).join(' and ');
        const message = `Tools disagree about ${before.key}: it stands here twice, as ${values}. Delete one`;
        yield { ...problem, message };
        continue;
      }
      yield {
        ...problem,
        message: `${before.key} stands here twice with the same value: delete one`,
        fix: {
          kind: 'safe',
          title: 'Delete the second one',
          edits: (editor) => {
            const newline = text.indexOf('\n', trailer.at.end);
            return [editor.replace({ start: trailer.at.start, end: newline < 0 ? text.length : newline + 1 }, '')];
          },
        },
      };
    }
  },
});
