import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'project/disable-reason',
  dialect: 'project',
  severity: 'warning',
  evidences: [],
  requirements: [],
  says: 'Give every disable its reason.',
  why: 'The next reader has to know whether the exception still holds. Without a reason a disable silences nothing.',
  bad: [
    {
      'openapi.yaml': `# backend-architect-disable-file api/server-https
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: This disable silences nothing: it gives no reason. Write why behind a colon: \`api/server-https: …\`.
servers:
  - url: https://shop.test
`,
    },
    {
      'openapi.json': `{ "servers": [{ "url": "https://shop.test" }] }
`,
      'backend-architect.yaml': `disables:
  - rule: api/server-https
#   ^^^^ warning: This disable silences nothing: it gives no reason. Add \`reason:\` with why the rule does not apply.
    file: openapi.json
`,
    },
  ],
  good: [
    {
      'openapi.yaml': `# backend-architect-disable-file api/server-https: inside the cluster
servers:
  - url: http://shop.test
`,
    },
    {
      'openapi.json': `{ "servers": [{ "url": "http://shop.test" }] }
`,
      'backend-architect.yaml': `disables:
  - rule: api/server-https
    file: openapi.json
    reason: Inside the cluster.
`,
    },
  ],
});
