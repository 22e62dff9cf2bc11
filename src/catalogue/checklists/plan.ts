import type { ChecklistItem } from '../../core/checklist.ts';

/** What must be shown before the work begins (role-001, nine lines). */
export const plan: readonly ChecklistItem[] = [
  {
    id: 'plan/api-contract',
    phase: 'plan',
    title: 'API contract defined',
    says: 'The contract is written down as an OpenAPI document before the code that serves it.',
    requirements: ['R001-038'],
  },
  {
    id: 'plan/schema-designed',
    phase: 'plan',
    title: 'Database schema designed',
    says: 'Tables, keys and relations are designed and can be read as migrations, an ERD or a Prisma schema.',
    requirements: ['R001-039'],
  },
  {
    id: 'plan/auth-clear',
    phase: 'plan',
    title: 'Public and protected clear',
    says: 'Every operation says whether it is public or who may call it.',
    requirements: ['R001-040'],
  },
  {
    id: 'plan/slas-defined',
    phase: 'plan',
    title: 'Response times agreed',
    says: 'Each group of operations has a response time it must meet.',
    requirements: ['R001-041'],
  },
  {
    id: 'plan/error-strategy',
    phase: 'plan',
    title: 'Error format agreed',
    says: 'One error format is chosen and everybody concerned has agreed to it.',
    requirements: ['R001-042'],
  },
  {
    id: 'plan/rate-limits',
    phase: 'plan',
    title: 'Rate limits specified',
    says: 'Limits and quotas are stated, with what a client sees when it passes them.',
    requirements: ['R001-043'],
  },
  {
    id: 'plan/control-manifest',
    phase: 'plan',
    title: 'Control Manifest exists',
    says: 'At standard or enterprise scale the Control Manifest is there.',
    requirements: ['R001-044'],
  },
  {
    id: 'plan/dependencies',
    phase: 'plan',
    title: 'Dependencies available',
    says: 'What the work depends on is named and can be reached.',
    requirements: ['R001-045'],
  },
  {
    id: 'plan/success-criteria',
    phase: 'plan',
    title: 'Success criteria defined',
    says: 'Every task says how anybody can tell that it is done.',
    requirements: ['R001-046'],
  },
];
