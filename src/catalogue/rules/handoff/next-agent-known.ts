import { textOf } from '../../../core/handoff/facts.ts';
import { nearest } from '../../../core/nearest.ts';
import { rule } from '../../../core/rule.ts';
import { roleOf, roles } from '../../roles.ts';

const names = roles.map(({ name }) => name);

export default rule({
  id: 'handoff/next-agent-known',
  dialect: 'handoff',
  severity: 'warning',
  evidences: ['handoff/next-agent'],
  requirements: ['R000-033', 'R001-068', 'R001-121'],
  yieldsTo: ['handoff/syntax'],
  says: 'Name a role that exists as the next agent.',
  why: 'A hand-off to a role that nobody plays is picked up by nobody. A team with roles of its own switches this off.',
  bad: [
    `{ "next_agent": "Led Engineer" }
                ^^^^^^^^^^^^^^ warning: Nobody is known as \`Led Engineer\`. Did you mean \`Lead Engineer\`?
`,
    `{ "next_agent": "The Committee" }
                ^^^^^^^^^^^^^^^ warning: Nobody is known as \`The Committee\`. Roles are Lead Engineer, Frontend Developer, QA Engineer and others
`,
    `{ "next_agent": "backend-architect" }
                ^^^^^^^^^^^^^^^^^^^ warning: The work is handed to the role that it comes from
`,
  ],
  good: [`{ "next_agent": "Lead Engineer" }`, `{ "next_agent": "qa-engineer" }`, `{ "next_agent": "" }`],
  fixed: [`{ "next_agent": "Lead Engineer" }\n`],
  *visit({ root, problems }) {
    const next = problems.length === 0 ? textOf(root, 'next_agent') : undefined;
    if (!next || next.text.trim() === '') return;
    const symbol = '/next_agent';
    const role = roleOf(next.text);
    if (role) {
      const from = roleOf(textOf(root, 'from_agent')?.text ?? 'backend-architect');
      if (role === from) yield { at: next.at, message: 'The work is handed to the role that it comes from', symbol };
      return;
    }
    const near = nearest(next.text, names);
    const shown = next.text.slice(0, 60);
    if (near === undefined) {
      const some = names.slice(0, 3).join(', ');
      yield { at: next.at, message: `Nobody is known as \`${shown}\`. Roles are ${some} and others`, symbol };
      return;
    }
    yield {
      at: next.at,
      message: `Nobody is known as \`${shown}\`. Did you mean \`${near}\`?`,
      symbol,
      fix: {
        kind: 'safe',
        title: `Change to ${near}`,
        *edits(editor) {
          yield editor.replace(next.at, JSON.stringify(near));
        },
      },
    };
  },
});
