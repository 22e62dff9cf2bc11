import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'handoff/syntax',
  dialect: 'handoff',
  severity: 'error',
  evidences: ['handoff/record-created'],
  requirements: ['R001-067'],
  says: 'Write the hand-off file as strict JSON: one object, no comments, no name twice.',
  why: 'The next role reads it with a program. One that cannot be read hands nothing over, and of a name that stands twice each program takes another one.',
  bad: [
    `{
  "api_spec": "openapi.yaml",
  // for the team
  ^^^^^^^^^^^^^^^ error: The hand-off cannot be read: JSON has no comments
  "next_agent": "Lead Engineer",
}
^ error: The hand-off cannot be read: A name in double quotes has to stand here
`,
    `["openapi.yaml"]
^^^^^^^^^^^^^^^^ error: The hand-off cannot be read: A hand-off is one object: \`{\` has to stand here
`,
    `{ "next_agent": "Lead Engineer", "next_agent": "QA Engineer" }
                                 ^^^^^^^^^^^^ error: The hand-off cannot be read: \`next_agent\` stands here twice; readers take the last one
`,
  ],
  good: [`{ "api_spec": "openapi.yaml" }`],
  *visit({ problems }) {
    for (const { at, message } of problems)
      yield { at, message: `The hand-off cannot be read: ${message}`, symbol: `syntax ${at.start}` };
  },
});
