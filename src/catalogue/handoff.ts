import { checklistItems } from './checklists/all.ts';

/** Lines that speak of the hand-off file itself. It cannot say of itself how they stand: writing it changes that. */
export const aboutTheFile: ReadonlySet<string> = new Set(['handoff/record-created', 'handoff/next-agent']);

const ids = new Set(checklistItems.map(({ id }) => id));

/** The checklist's line that an open question begins with, as `handoff/tests-pass: Not shown yet`; undefined where a person wrote it freely. */
export function openItemOf(question: string): string | undefined {
  const id = question.slice(0, Math.max(0, question.indexOf(':')));
  return ids.has(id) ? id : undefined;
}
