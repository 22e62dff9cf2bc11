import fc from 'fast-check';

/** Task files as people and tools write them: role-003's two forms, Backlog.md, spec-kit, edited by hand, CRLF, CJK, byte order marks, tabs, 5,000 tasks. */
const heading = `### BE-010 | Backend | High | @backend-specialist
- **Title**: JWT based sign-in
- **Status**: pending
- **Assigned**: backend-specialist
- **Created**: 2026-11-20T10:30:00Z  
- **Dependencies**: ARCH-001, BE-001
- **Estimated effort**: M
- **Description**: Sign in with name and password.
  Tokens live for an hour.
- **Acceptance Criteria**: 
  - [ ] A wrong password answers 401
    - also for unknown names
  - [x] Tests written and passing <!-- ev:E-014 -->
- **Technical notes**: bcrypt, refresh tokens
`;
const plain = `Task: BE-001 | Backend | High | @backend-specialist
Title: Design the catalogue
Description: Products, categories, search
Acceptance Criteria:
- [ ] Search API with filters (price, category, availability)
- [ ] Inventory tracking with stock levels  
Technical Notes: full-text search
`;
const backlog = `---
id: task-42
title: Add search
status: To Do
dependencies: [task-41]
---

## Acceptance Criteria
<!-- AC:BEGIN -->
- [ ] #1 Finds by name
<!-- AC:END -->
`;
const specKit = `# Tasks: search

## Phase 3.1: Setup
- [ ] T001 Create the project
- [X] T002 [P] Configure linting in src/
`;
const cjk = `## 任務一覧

#### FE-003 | 前端 | Low | @前端
* **Title**: 登入畫面 😀
* **Status**：in-progress
* **狀態說明**: 等待
* **Acceptance Criteria**:
\t- [x] 顯示錯誤
`;
const odd = `<!-- ### BE-099 | Backend | Low | @x -->
\`\`\`markdown
### BE-XXX | Backend | [Priority] | @backend-specialist
- **Status**: pending
\`\`\`
### BE-1 Backend | High
### BE-020: Orders
### BE-021 | Backend
-  **Status**:
- **Acceptance Criteria**:
  - [] no box
  -[ ] no blank
  - plain
***
Status: not a field any more
~~~
never closed
`;

export const samples: readonly string[] = [
  heading,
  plain,
  backlog,
  specKit,
  cjk,
  odd,
  '',
  '# Tasks\n',
  '\n\n',
  'no end',
];

/** 5,000 tasks, each waiting for the one before. */
export function manyTasks(count = 5000): string {
  const task = (i: number): string =>
    heading
      .replace('BE-010', `BE-${String(i).padStart(3, '0')}`)
      .replace('ARCH-001, BE-001', i === 1 ? 'none' : `BE-${String(i - 1).padStart(3, '0')}`);
  return `# Tasks\n\n${Array.from({ length: count }, (_, i) => task(i + 1)).join('\n')}`;
}

/** 200 files, the same in every run. */
export function corpus(): readonly string[] {
  const line = fc.constantFrom(...samples.join('\n').split('\n'), '\t', '   ', '- [ ]', '#', '|||', '\u2028', '\r');
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...samples),
      fc.array(line).map((lines) => lines.join('\n')),
    ),
    {
      maxLength: 6,
    },
  );
  const file = fc.record({ pieces, mark: fc.boolean(), windows: fc.boolean(), cut: fc.nat(30) }).map((made) => {
    const text = made.pieces.join('\n');
    const ended = made.cut < 10 ? text.slice(0, text.length - made.cut) : text;
    return (made.mark ? '\uFEFF' : '') + (made.windows ? ended.replaceAll(/\r?\n/g, '\r\n') : ended);
  });
  const fixed = samples.flatMap((one) => [one, one.replaceAll('\n', '\r\n'), `\uFEFF${one}`, one.trimEnd()]);
  return [...fixed, manyTasks(), ...fc.sample(file, { numRuns: 200 - fixed.length - 1, seed: 3 })];
}
