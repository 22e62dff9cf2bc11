import { rule } from '../../../core/rule.ts';
import { numberOf } from '../../../core/task/facts.ts';
import { categoryOfNumber, overflowFrom, taskCategories } from '../../../core/task/words.ts';

export default rule({
  id: 'task/category-band',
  dialect: 'task',
  severity: 'info',
  evidences: [],
  concerns: ['plan/success-criteria'],
  requirements: [
    'R003-071',
    'R003-072',
    'R003-073',
    'R003-074',
    'R003-075',
    'R003-076',
    'R003-077',
    'R003-078',
    'R003-079',
  ],
  says: 'Number a task within its category, or from BE-100 on with the category behind `Backend/`.',
  why: 'The number says what kind of work it is: 001 schema, 010 auth, 020 core APIs, 030 validation, 040 performance, 050 integrations, 060 jobs, 070 monitoring, 080 errors. Numbers that are given stay as they are.',
  bad: [
    `### BE-090 | Backend | High | @backend-specialist
    ^^^^^^ info: BE-090 lies in no category: its number does not say what kind of work it is
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.

### BE-010 | Backend/schema | High | @backend-specialist
    ^^^^^^ info: BE-010 says "Authentication and authorization", its heading "Database schema and models"
- **Title**: Users
- **Status**: cancelled
- **Description**: The table.
`,
  ],
  good: [
    `### BE-010 | Backend | High | @backend-specialist
- **Title**: Sign in
- **Status**: cancelled
- **Description**: Tokens live for an hour.

### BE-101 | Backend/auth | High | @backend-specialist
- **Title**: Sign out
- **Status**: cancelled
- **Description**: Tokens are forgotten.

### FE-090 | Frontend | High | @frontend-specialist
- **Title**: Form
- **Status**: cancelled
- **Description**: Two fields.
`,
  ],
  *visit({ tasks }) {
    for (const { id, category } of tasks) {
      const number = numberOf(id.text);
      if (number === undefined || number >= overflowFrom) continue;
      const band = categoryOfNumber(number);
      const tag = /\/[ \t]*(.+)$/
        .exec(category?.text ?? '')?.[1]
        ?.trim()
        .toLowerCase();
      const named = taskCategories.find((one) => one.tag === tag);
      if (band && (!named || named === band)) continue;
      yield {
        at: id.span,
        symbol: id.text,
        message: !band
          ? `${id.text} lies in no category: its number does not say what kind of work it is`
          : `${id.text} says "${band.title}", its heading "${named?.title}"`,
      };
    }
  },
});
