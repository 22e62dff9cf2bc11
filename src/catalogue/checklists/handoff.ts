import type { ChecklistItem } from '../../core/checklist.ts';

/** What must be shown before the work is handed off (role-001, eleven lines). */
export const handoff: readonly ChecklistItem[] = [
  {
    id: 'handoff/tests-pass',
    phase: 'handoff',
    title: 'All tests pass',
    says: 'Unit and integration tests ran over this state and passed.',
    requirements: ['R001-058'],
  },
  {
    id: 'handoff/api-documented',
    phase: 'handoff',
    title: 'API documentation is current',
    says: 'The documentation is generated from the contract as it stands.',
    requirements: ['R001-059'],
  },
  {
    id: 'handoff/code-reviewed',
    phase: 'handoff',
    title: 'Code reviewed',
    says: 'A person reviewed quality and security and says so.',
    requirements: ['R001-060'],
  },
  {
    id: 'handoff/migrations-tested',
    phase: 'handoff',
    title: 'Migrations up and down',
    says: 'Every migration was run up, down and up again.',
    requirements: ['R001-061'],
  },
  {
    id: 'handoff/performance-tested',
    phase: 'handoff',
    title: 'Performance measured',
    says: 'The 95th percentile of API calls was measured under 200 ms.',
    requirements: ['R001-062'],
  },
  {
    id: 'handoff/errors-tested',
    phase: 'handoff',
    title: 'Errors tested',
    says: 'The documented 4xx and 5xx answers were provoked and seen.',
    requirements: ['R001-063'],
  },
  {
    id: 'handoff/auth-verified',
    phase: 'handoff',
    title: 'Access verified',
    says: 'Calls without the right to make them were refused.',
    requirements: ['R001-064'],
  },
  {
    id: 'handoff/rate-limits-tested',
    phase: 'handoff',
    title: 'Rate limits tested',
    says: 'A client that called too often was told so.',
    requirements: ['R001-065'],
  },
  {
    id: 'handoff/monitoring',
    phase: 'handoff',
    title: 'Monitoring configured',
    says: 'Logs, metrics and a health endpoint are in place.',
    requirements: ['R001-066'],
  },
  {
    id: 'handoff/record-created',
    phase: 'handoff',
    title: 'Hand-off record complete',
    says: 'The hand-off file is there, valid, and agrees with the workspace.',
    requirements: ['R001-067'],
  },
  {
    id: 'handoff/next-agent',
    phase: 'handoff',
    title: 'Next agent instructed',
    says: 'The next role is named and knows what to do.',
    requirements: ['R001-068'],
  },
];
