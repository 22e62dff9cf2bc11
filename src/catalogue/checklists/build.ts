import type { ChecklistItem } from '../../core/checklist.ts';

/** What must be shown while the work goes on (role-001, ten lines). */
export const build: readonly ChecklistItem[] = [
  {
    id: 'build/no-duplication',
    phase: 'build',
    title: 'Nothing is written twice',
    says: 'One piece of logic stands in one place.',
    requirements: ['R001-047'],
  },
  {
    id: 'build/simplest',
    phase: 'build',
    title: 'The simplest solution',
    says: 'Nothing is more complicated than the requirement asks.',
    requirements: ['R001-048'],
  },
  {
    id: 'build/only-required',
    phase: 'build',
    title: 'Only what is required',
    says: 'Every operation, table and feature answers a requirement.',
    requirements: ['R001-049'],
  },
  {
    id: 'build/strict-types',
    phase: 'build',
    title: 'Strict types, no any',
    says: 'TypeScript runs in strict mode and no value is of type any.',
    requirements: ['R001-050', 'R001-051'],
  },
  {
    id: 'build/inputs-validated',
    phase: 'build',
    title: 'Inputs validated at the edge',
    says: 'Whatever a client sends is checked against a schema before it is used.',
    requirements: ['R001-052'],
  },
  {
    id: 'build/sql-parameterized',
    phase: 'build',
    title: 'SQL is parameterized',
    says: 'No query is put together from text that a client can choose.',
    requirements: ['R001-053'],
  },
  {
    id: 'build/no-n-plus-one',
    phase: 'build',
    title: 'No N+1 queries',
    says: 'Related rows are loaded with their parents, not one by one.',
    requirements: ['R001-054'],
  },
  {
    id: 'build/indexes',
    phase: 'build',
    title: 'Queried columns indexed',
    says: 'Columns that are joined, filtered or sorted by have an index.',
    requirements: ['R001-055'],
  },
  {
    id: 'build/secrets',
    phase: 'build',
    title: 'No secrets in the code',
    says: 'Secrets come from the environment; none is written down.',
    requirements: ['R001-056'],
  },
  {
    id: 'build/correlation-ids',
    phase: 'build',
    title: 'Errors can be correlated',
    says: 'An error response carries an id that leads to the log entry.',
    requirements: ['R001-057'],
  },
];
