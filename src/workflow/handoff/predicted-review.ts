import { checklistItems } from '../../catalogue/checklists/all.ts';
import type { Phase } from '../../core/checklist.ts';
import type { Finding } from '../../core/finding.ts';
import { faceWords, type Review, type ReviewItem } from '../../core/review.ts';
import type { RuleMeta } from '../../core/rule.ts';
import type { CheckResult } from '../check.ts';

const titles: Readonly<Record<Phase, string>> = {
  plan: 'Plan',
  build: 'Build',
  handoff: 'Hand off',
  review: 'Code review',
};

/** What checking alone says of the checklists: errors and warnings disprove items, and nothing is shown. */
export function predictedReview(
  { findings, documents, notAnalysed }: CheckResult,
  rules: readonly Pick<RuleMeta, 'id' | 'evidences'>[],
  madeAt: string,
): Review {
  const evidences = new Map(rules.map((rule) => [rule.id, rule.evidences]));
  const disproving = (id: string): Finding[] =>
    findings.filter(
      ({ rule, severity }) =>
        (severity === 'error' || severity === 'warning') && evidences.get(rule)?.includes(id) === true,
    );
  const items = checklistItems.map((item): ReviewItem => {
    const own = disproving(item.id);
    const face = own.length > 0 ? 'broken' : 'unshown';
    const text =
      own.length > 0 ? `${own.length} ${own.length === 1 ? 'finding' : 'findings'}` : 'No evidence was looked at';
    return {
      ...item,
      state: face,
      face,
      word: faceWords[face],
      line: text,
      evidence: [{ kind: 'rules', verdict: face === 'broken' ? 'disproves' : 'missing', text }],
      lapsesWith: [],
      findings: own.slice(0, 200),
      findingCount: own.length,
      actions: [],
    };
  });
  const checklists = (Object.keys(titles) as Phase[]).map((phase) => {
    const own = items.filter((item) => item.phase === phase);
    return {
      id: phase,
      title: titles[phase],
      ready: false,
      open: own.length,
      total: own.length,
      measured: 0,
      signed: 0,
      waived: 0,
      notApplicable: 0,
      verdict: `${own.length} of ${own.length} open`,
      items: own,
    };
  });
  return {
    version: 1,
    madeAt,
    project: { name: '' },
    hasDocuments: documents.length > 0,
    documents: documents.length,
    notAnalysed,
    refused: [],
    checklists,
    gate: 'plan',
  };
}
