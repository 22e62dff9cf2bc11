import type { Finding, Severity } from '../../src/core/finding.ts';
import type { Review } from '../../src/core/review.ts';

/** A finding with a fingerprint and a message of its own. */
export function finding(fingerprint: string, severity: Severity, message: string): Finding {
  return {
    file: 'docs/living/API_Spec.yaml',
    rule: 'api/auth-defined',
    severity,
    message,
    range: { start: { line: 11, character: 4 }, end: { line: 11, character: 7 } },
    cause: fingerprint,
    related: [],
    status: 'new',
    certainty: 'predicted',
    fingerprint,
  };
}

/** A review whose one broken item has these findings; one more item is met. */
export function reviewWith(findings: readonly Finding[]): Review {
  const parts = { phase: 'handoff', requirements: [], evidence: [], lapsesWith: [], actions: [] } as const;
  return {
    version: 1,
    madeAt: '2026-11-20T10:00:00.000Z',
    project: { name: 'shop', branch: 'main' },
    hasDocuments: true,
    documents: 3,
    notAnalysed: [{ file: 'old.yaml', reason: 'OpenAPI 2.0 is not judged yet.' }],
    refused: [],
    checklists: [
      {
        id: 'handoff',
        title: 'Hand off',
        ready: false,
        open: 1,
        total: 2,
        measured: 1,
        signed: 0,
        waived: 0,
        notApplicable: 0,
        verdict: 'Not ready to hand off: 1 of 2 open',
        items: [
          {
            ...parts,
            id: 'handoff/spec-complete',
            title: 'Spec complete',
            says: 'The description is complete.',
            why: 'Clients read it.',
            state: 'met',
            face: 'met',
            word: 'Met',
            line: '14 rules, today',
            findings: [],
            findingCount: 0,
          },
          {
            ...parts,
            id: 'handoff/auth-verified',
            title: 'Auth verified',
            says: 'Who may call what was verified.',
            why: 'Clients read it.',
            state: 'broken',
            face: 'broken',
            word: 'Not met',
            line: 'Anyone can call DELETE',
            findings,
            findingCount: findings.length,
          },
        ],
      },
    ],
    gate: 'handoff',
  };
}
