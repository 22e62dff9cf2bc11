import { rule } from '../../../core/rule.ts';

export default rule({
  id: 'project/disable-known',
  dialect: 'project',
  severity: 'warning',
  evidences: [],
  requirements: [],
  says: 'Name in a disable the scope and the rules as they are called.',
  why: 'A disable for a rule that does not exist silences nothing, and whoever reads it believes otherwise. What could not be read cannot be disabled: the document would look clean.',
  bad: [
    {
      'openapi.yaml': `servers: # backend-architect-disable-line api/server-htps: inside the cluster
#                                         ^^^^^^^^^^^^^^^ warning: There is no rule \`api/server-htps\`. Did you mean \`api/server-https\`?
  - url: https://shop.test
`,
    },
    {
      'migrations/001.sql': `-- backend-architect-disable-nextline sql/drop-column: nobody reads it
-- ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: \`backend-architect-disable-nextline\` silences nothing. Did you mean \`backend-architect-disable-next-line\`?
select 1;
`,
    },
    {
      'migrations/001.sql': `-- backend-architect-disable-file sql/syntax: our own dialect
--                                ^^^^^^^^^^ warning: sql/syntax cannot be disabled: it says what could not be read. Repair that place, or \`exclude\` the file in the configuration.
select 1;
`,
    },
  ],
  good: [
    {
      'openapi.yaml': `servers:
  # backend-architect-disable-next-line api/server-https: inside the cluster
  - url: http://shop.test
`,
    },
  ],
});
