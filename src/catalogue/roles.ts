/** Somebody the work comes from or goes on to: a person's role, or the agent that plays it. */
export interface Role {
  /** As a commit's trailer writes it: `Handoff-To: qa-engineer`. */
  readonly slug: string;
  /** As a hand-off file writes it: `QA Engineer`. */
  readonly name: string;
  /** Other names for the same role, in the role documents' spelling. */
  readonly aliases: readonly string[];
  /** What such a role takes from here, or gives: one phrase for a list to choose from. */
  readonly takes: string;
}

/** The role whose work this is. */
export const ownRole: Role = {
  slug: 'backend-architect',
  name: 'Back-End Architect',
  aliases: ['Backend Architect', 'backend-specialist', 'Backend Specialist', 'Senior Backend Architect'],
  takes: 'API, data model, services',
};

/** Those that work is handed to most often come first; the order is that of suggestions. */
export const roles: readonly Role[] = [
  {
    slug: 'lead-engineer',
    name: 'Lead Engineer',
    aliases: ['developer-executor', 'Developer Executor'],
    takes: 'Builds what was designed',
  },
  {
    slug: 'frontend-developer',
    name: 'Frontend Developer',
    aliases: ['frontend-specialist', 'Frontend Specialist', 'Front-End Developer', 'Frontend Engineer'],
    takes: 'API contracts, error formats, example answers',
  },
  {
    slug: 'qa-engineer',
    name: 'QA Engineer',
    aliases: ['testing-specialist', 'Testing Specialist', 'Test Engineer'],
    takes: 'API tests, test data, scenarios',
  },
  {
    slug: 'devops-automator',
    name: 'DevOps Automator',
    aliases: ['DevOps Engineer', 'DevOps'],
    takes: 'Service configuration, environment variables, deployment steps',
  },
  {
    slug: 'mobile-app-builder',
    name: 'Mobile App Builder',
    aliases: ['Mobile Developer'],
    takes: 'Mobile API needs: offline work, push messages',
  },
  {
    slug: 'ai-engineer',
    name: 'AI Engineer',
    aliases: [],
    takes: 'Model and inference endpoints',
  },
  {
    slug: 'integration-specialist',
    name: 'Integration Specialist',
    aliases: [],
    takes: 'Webhooks, calls to other services',
  },
  {
    slug: 'security-engineer',
    name: 'Security Engineer',
    aliases: [],
    takes: 'Assessment and hardening',
  },
  {
    slug: 'performance-engineer',
    name: 'Performance Engineer',
    aliases: [],
    takes: 'Measuring and tuning',
  },
  {
    slug: 'api-designer',
    name: 'API Designer',
    aliases: [],
    takes: 'The contract itself',
  },
  {
    slug: 'frontend-architect',
    name: 'Frontend Architect',
    aliases: [],
    takes: 'Agreement on the API contract',
  },
  {
    slug: 'system-architect',
    name: 'System Architect',
    aliases: ['savant-architect', 'Savant Architect', 'Savant/System Architect'],
    takes: 'The system’s boundaries',
  },
  ownRole,
];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

const byName = new Map(
  roles.flatMap((role) => [role.slug, role.name, ...role.aliases].map((name) => [plain(name), role] as const)),
);

/** The role that a slug, a display name or an alias means, however it is spelled: `@qa_engineer` is the QA Engineer. Undefined for any other text. */
export function roleOf(name: string): Role | undefined {
  return name.length > 80 ? undefined : byName.get(plain(name));
}
