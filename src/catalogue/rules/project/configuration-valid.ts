import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'project/configuration-valid',
  dialect: 'project',
  severity: 'warning',
  evidences: [],
  requirements: [],
  says: 'Write only settings, rules and severities that exist into backend-architect.yaml.',
  why: 'A misspelt rule or setting changes nothing and looks as if it did. What can be read counts all the same, so a mistake never stops the checks.',
  bad: [
    {
      'backend-architect.yaml': `rules:
  api/server-htps: off
# ^^^^^^^^^^^^^^^ warning: There is no rule \`api/server-htps\`. Did you mean \`api/server-https\`?
  api/server-https: eror
#                   ^^^^ warning: \`api/server-https\` needs one of off, error, warning, info or hint. Did you mean \`error\`?
`,
    },
    {
      'backend-architect.yaml': `exclud: [legacy]
^^^^^^ warning: There is no setting \`exclud\`. Did you mean \`exclude\`?
disables:
  - rule: api/server-https
    file: openapi.yaml
    reason: Only reachable inside the cluster.
    until: 2099-02-30
#          ^^^^^^^^^^ warning: \`2099-02-30\` is no day. Write it as YYYY-MM-DD, for example 2027-03-31.
`,
    },
  ],
  good: [
    {
      'backend-architect.yaml': `rules:
  api/server-https: warning
include: ['api/**']
exclude: [legacy]
overrides:
  - files: ['api/internal/**']
    rules: { api/server-https: off }
`,
    },
  ],
});
