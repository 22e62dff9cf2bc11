import type { Phase } from '../../core/checklist.ts';
import { type Finding, severities } from '../../core/finding.ts';
import type { Review, ReviewChecklist, ReviewItem } from '../../core/review.ts';
import { byText } from '../ports.ts';
import { factsOf, type ReviewInput } from './facts.ts';
import { reviewItem } from './item.ts';

/** The four checklists, in the order of the work. */
export const phases: readonly Phase[] = ['plan', 'build', 'handoff', 'review'];

export const phaseTitles: Readonly<Record<Phase, string>> = {
  plan: 'Plan',
  build: 'Build',
  handoff: 'Hand off',
  review: 'Code review',
};

const readyWords: Readonly<Record<Phase, readonly [not: string, ready: string]>> = {
  plan: ['Not ready to build', 'Ready to build'],
  build: ['Build not finished', 'Build finished'],
  handoff: ['Not ready to hand off', 'Ready to hand off'],
  review: ['Code review not finished', 'Code review finished'],
};

/**
 * Items x evidence x findings at one moment. Pure: the same input gives the same review. Nothing is met by default; without a document nothing is ready.
 */
export function review(input: ReviewInput): Review {
  const facts = factsOf(input);
  const documents = facts.openApi.length + facts.sql.length;
  const unread = facts.unread.openapi.length + facts.unread.sql.length;
  const hasDocuments = documents > 0 || unread > 0;
  const disproving = findingsByItem(input);
  const items = input.items.map((item) => {
    const refused = input.evidence.refused.filter((one) => one.items.includes(item.id));
    const claims = input.evidence.claims.filter(({ record }) => record.items.includes(item.id));
    const commands = [...input.commands.values()].filter(({ shows }) => shows.includes(item.id));
    const findings = disproving.get(item.id) ?? [];
    return reviewItem({ item, findings, claims, refused, commands }, facts, input);
  });
  const checklists = phases.map((phase) =>
    checklist(
      phase,
      items.filter((item) => item.phase === phase),
      hasDocuments,
    ),
  );
  return {
    version: 1,
    madeAt: input.madeAt,
    project: input.project,
    hasDocuments,
    documents,
    notAnalysed: input.notAnalysed,
    refused: input.evidence.refused.map(({ file, reason }) => ({ file, reason })),
    checklists,
    gate: checklists.find(({ id, ready }) => id !== 'review' && !ready)?.id ?? 'handoff',
  };
}

/** Errors and warnings by the items that their rules disprove, worst first. */
function findingsByItem({ rules, findings }: ReviewInput): ReadonlyMap<string, readonly Finding[]> {
  const evidences = new Map(rules.map((rule) => [rule.id, rule.evidences]));
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.severity !== 'error' && finding.severity !== 'warning') continue;
    for (const item of evidences.get(finding.rule) ?? []) {
      const own = found.get(item);
      if (own) own.push(finding);
      else found.set(item, [finding]);
    }
  }
  for (const own of found.values()) own.sort(worstFirst);
  return found;
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    byText(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    byText(a.rule, b.rule)
  );
}

function checklist(id: Phase, items: readonly ReviewItem[], hasDocuments: boolean): ReviewChecklist {
  const count = (fits: (item: ReviewItem) => boolean): number => items.filter(fits).length;
  const open = count(({ state }) => state === 'broken' || state === 'unshown' || state === 'stale');
  const counts = {
    measured: count(({ face }) => face === 'met'),
    signed: count(({ face }) => face === 'signed'),
    waived: count(({ face }) => face === 'waived'),
    notApplicable: count(({ face }) => face === 'not-applicable'),
  };
  const ready = hasDocuments && items.length > 0 && open === 0;
  const [not, done] = readyWords[id];
  const parts = [
    `${counts.measured} measured`,
    `${counts.signed} signed`,
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
    ...(counts.notApplicable > 0 ? [`${counts.notApplicable} not applicable`] : []),
  ];
  const verdict = !hasDocuments
    ? 'Nothing to review yet'
    : ready
      ? `${done}. ${parts.join(', ')}.`
      : `${not}: ${open} of ${items.length} open`;
  return { id, title: phaseTitles[id], ready, open, total: items.length, ...counts, verdict, items };
}
