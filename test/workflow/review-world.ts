import { createHash } from 'node:crypto';
import { checklistItems } from '../../src/catalogue/checklists/all.ts';
import { defaultConfiguration } from '../../src/core/configuration.ts';
import { evidenceFolder, type EvidenceRecord, type RunRecord, type WordRecord } from '../../src/core/evidence.ts';
import type { Finding } from '../../src/core/finding.ts';
import { recordId, recordText } from '../../src/workflow/evidence/canonical.ts';
import { fittingIn } from '../../src/workflow/evidence/inputs.ts';
import { type EvidenceWorld, judgeEvidence } from '../../src/workflow/evidence/judge.ts';
import type { ReviewCommand } from '../../src/workflow/review/commands.ts';
import type { ReviewInput } from '../../src/workflow/review/facts.ts';

export const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

export const project = '0a1b2c3d-0000-4000-8000-000000000000';
export const now = '2026-11-20T14:31:00.000Z';

export const tests: ReviewCommand = {
  name: 'tests',
  run: 'npm test',
  inputs: ['src/**'],
  shows: ['handoff/tests-pass'],
  timeout: 60,
};

/** A project with two source files and a command. */
export const texts: Readonly<Record<string, string>> = { 'src/a.ts': 'a', 'src/b.ts': 'b', 'README.md': 'r' };

export function inputs(files: Readonly<Record<string, string>> = texts): { path: string; sha256: string }[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith('src/'))
    .map(([path, text]) => ({ path, sha256: sha(text) }));
}

const common = {
  version: 1,
  project,
  at: '2026-11-20T12:00:00.000Z',
  by: { name: 'Ann Lee', email: 'ann@example.com' },
  commit: '3f2c1ab',
  lapsesWith: ['src/**'],
} as const;

export const run: RunRecord = {
  ...common,
  kind: 'run',
  items: ['handoff/tests-pass'],
  name: 'tests',
  command: 'npm test',
  exit: 0,
  durationMs: 12_000,
  rules: '0.1.0',
  inputs: inputs(),
};

export const word: WordRecord = {
  ...common,
  kind: 'word',
  items: ['handoff/code-reviewed'],
  note: 'Read all of it with Bob',
  inputs: inputs(),
};

/** The file of a record. */
export function stored(record: EvidenceRecord): { file: string; text: string } {
  return { file: `${evidenceFolder}/${recordId(record, sha)}.json`, text: recordText(record) };
}

/** What there is to judge records by; `files` are what lies on disk. */
export function world(
  records: EvidenceWorld['stored'],
  { files = texts, ...more }: Partial<EvidenceWorld> & { readonly files?: Readonly<Record<string, string>> } = {},
): EvidenceWorld {
  return {
    stored: records,
    project,
    now,
    today: '2026-11-20',
    rules: '0.1.0',
    items: checklistItems,
    commands: new Map([['tests', tests]]),
    fitting: fittingIn(Object.keys(files)),
    sha256Text: sha,
    sha256: (path) => {
      const text = files[path];
      return text === undefined ? undefined : sha(text);
    },
    ...more,
  };
}

/** What a review is made of, with an API document and nothing that shows anything. */
export function material(more: Partial<ReviewInput> = {}): ReviewInput {
  return {
    items: checklistItems,
    madeAt: now,
    project: { name: 'shop' },
    rules: [
      { id: 'api/auth-defined', severity: 'error', evidences: ['plan/auth-clear'] },
      { id: 'api/auth-scheme-exists', severity: 'error', evidences: ['plan/auth-clear'] },
      { id: 'api/error-format', severity: 'warning', evidences: ['plan/error-strategy'] },
    ],
    configuration: defaultConfiguration,
    findings: [],
    documents: [{ file: 'openapi.yaml', dialect: 'openapi', operations: 14 }],
    notAnalysed: [],
    evidence: judgeEvidence(world([])),
    commands: new Map([['tests', tests]]),
    files: ['openapi.yaml'],
    ...more,
  };
}

export function finding(rule: string, severity: Finding['severity'], line = 1): Finding {
  const place = { line, character: 0 };
  return {
    file: 'openapi.yaml',
    rule,
    severity,
    message: 'Something is wrong',
    range: { start: place, end: place },
    cause: `${line}`,
    related: [],
    status: 'new',
    certainty: 'predicted',
    fingerprint: `${rule}${line}`,
  };
}
