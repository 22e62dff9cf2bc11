import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'project/disable-used',
  dialect: 'project',
  severity: 'warning',
  evidences: [],
  requirements: [],
  says: 'Delete disables that silence nothing any more.',
  why: 'A disable that has outlived its finding hides the next one. One with an end speaks up when its day has passed.',
  bad: [
    {
      'openapi.yaml': `servers:
  # backend-architect-disable-next-line api/server-https: inside the cluster
#                                       ^^^^^^^^^^^^^^^^ warning: api/server-https has nothing to say on the next line. Delete this disable.
  - url: https://shop.test
`,
    },
    {
      'openapi.json': `{ "servers": [{ "url": "https://shop.test" }] }
`,
      'backend-architect.yaml': `disables:
  - rule: api/server-https
#   ^^^^ warning: This disable ended on 2026-01-31. Repair openapi.json, or set a later day.
    file: openapi.json
    reason: The certificate comes in January.
    until: 2026-01-31
`,
    },
  ],
  good: [
    {
      'openapi.yaml': `servers:
  - url: http://shop.test # backend-architect-disable-line api/server-https: inside the cluster
`,
    },
  ],
});
