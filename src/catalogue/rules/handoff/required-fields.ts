import { handoffFields } from '../../../core/handoff/format.ts';
import { entryOf, items } from '../../../core/openapi/tree.ts';
import { rule } from '../../../core/rule.ts';

const required = handoffFields.filter((field) => field.required === true);

export default rule({
  id: 'handoff/required-fields',
  dialect: 'handoff',
  severity: 'error',
  evidences: ['handoff/record-created'],
  requirements: ['R000-029', 'R000-030', 'R000-031', 'R000-032', 'R000-033', 'R001-067'],
  yieldsTo: ['handoff/syntax'],
  says: 'Give the hand-off its five fields: api_spec, database_migrations, required_services, security_controls, next_agent.',
  why: 'They are what every receiver looks for by name. An empty list says that there is none; a field that is missing says nothing.',
  bad: [
    `{
^ error: The hand-off lacks \`security_controls\`: the controls that are in place
  "api_spec": "openapi.yaml",
  "database_migrations": [],
  "required_services": [],
  "next_agent": ""
                ^^ error: \`next_agent\` is empty: the role that takes over, for example \`Lead Engineer\`
}
`,
  ],
  good: [
    `{
  "api_spec": "openapi.yaml",
  "database_migrations": [],
  "required_services": [],
  "security_controls": [],
  "next_agent": "Lead Engineer"
}
`,
  ],
  *visit({ root, problems }) {
    if (!root || problems.length > 0) return;
    for (const { name, says } of required) {
      const what = `${says.charAt(0).toLowerCase()}${says.slice(1).replace(/\.$/, '')}`;
      const entry = entryOf(root, name);
      const symbol = `/${name}`;
      if (!entry) {
        const at = { start: root.start, end: root.start + 1 };
        yield { at, message: `The hand-off lacks \`${name}\`: ${what}`, symbol };
        continue;
      }
      const { value } = entry;
      const isEmpty = value.kind === 'scalar' && typeof value.value === 'string' && value.value.trim() === '';
      if (isEmpty && items(value).length === 0) yield { at: value, message: `\`${name}\` is empty: ${what}`, symbol };
    }
  },
});
