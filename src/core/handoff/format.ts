/** How one item of a checklist stands in a hand-off. `measured`: rules, runs or files show it; `attested`: a person says so; `open`: nothing shows it, or no longer. */
export const checkStatuses = ['measured', 'attested', 'failed', 'waived', 'not-applicable', 'open'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

export interface HandoffCheck {
  /** Id of a checklist item. */
  readonly item: string;
  readonly status: CheckStatus;
  /** What shows it, in one phrase. */
  readonly evidence?: string;
  /** Who says so. */
  readonly by?: string;
}

export interface HandoffArtifact {
  /** From the project's root, with `/`. */
  readonly path: string;
  /** SHA-256 of the file's bytes, in lower-case hexadecimal. */
  readonly sha256?: string;
  readonly kind?: string;
}

/** What a field may hold. `strings`: a list of strings; `texts`: a list of anything; `records`: a list of objects. */
export type FieldShape =
  | {
      readonly type: 'string';
      readonly pattern?: RegExp;
      readonly patternSays?: string;
      readonly values?: readonly string[];
    }
  | { readonly type: 'integer' }
  | { readonly type: 'strings' }
  | { readonly type: 'texts' }
  | { readonly type: 'any' }
  | { readonly type: 'records'; readonly fields: readonly HandoffField[] };

export interface HandoffField {
  readonly name: string;
  readonly required?: boolean;
  /** For hovers and completion: what stands in it and what for. */
  readonly says: string;
  readonly shape: FieldShape;
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Every field of `backend_handoff.json`, in the order in which it is written. The five required ones are the role document's own. */
export const handoffFields: readonly HandoffField[] = [
  {
    name: '$schema',
    says: 'Address of the JSON Schema, for editors that do not know the file by its name.',
    shape: { type: 'string' },
  },
  { name: 'version', says: 'The format of this file: 1.', shape: { type: 'integer' } },
  { name: 'id', says: 'Names this hand-off, for example in `supersedes` of a later one.', shape: { type: 'string' } },
  {
    name: 'created_at',
    says: 'When its content last changed: ISO 8601, for example `2026-11-20T09:30:00Z`.',
    shape: { type: 'string', pattern: moment, patternSays: 'a moment in ISO 8601, for example `2026-11-20T09:30:00Z`' },
  },
  {
    name: 'commit',
    says: 'The commit that was checked out when its content last changed.',
    shape: { type: 'string', pattern: /^[0-9a-f]{7,64}$/, patternSays: 'a commit’s hash, 7 to 64 hexadecimal digits' },
  },
  { name: 'from_agent', says: 'The role that hands over.', shape: { type: 'string' } },
  { name: 'domain', says: 'The domain of the work, as in the commit trailer `Domain`.', shape: { type: 'string' } },
  { name: 'feature', says: 'The feature, as in the commit trailer `Feature`.', shape: { type: 'string' } },
  { name: 'story', says: 'The story, as in the commit trailer `Story`.', shape: { type: 'string' } },
  { name: 'manifest', says: 'The Control Manifest, as in the commit trailer `Manifest`.', shape: { type: 'string' } },
  {
    name: 'api_spec',
    required: true,
    says: 'The API document, by its path from the project’s root.',
    shape: { type: 'string' },
  },
  {
    name: 'database_migrations',
    required: true,
    says: 'The migrations in the order in which they run, by path from the project’s root.',
    shape: { type: 'strings' },
  },
  {
    name: 'required_services',
    required: true,
    says: 'The services that have to run for this to work.',
    shape: { type: 'strings' },
  },
  { name: 'security_controls', required: true, says: 'The controls that are in place.', shape: { type: 'strings' } },
  {
    name: 'next_agent',
    required: true,
    says: 'The role that takes over, for example `Lead Engineer`.',
    shape: { type: 'string' },
  },
  { name: 'instructions', says: 'What the next role has to do, first things first.', shape: { type: 'string' } },
  {
    name: 'security_control_evidence',
    says: 'For each control the place that shows it.',
    shape: {
      type: 'records',
      fields: [
        {
          name: 'control',
          required: true,
          says: 'The control, spelled as in `security_controls`.',
          shape: { type: 'string' },
        },
        {
          name: 'file',
          required: true,
          says: 'The file that shows it, from the project’s root.',
          shape: { type: 'string' },
        },
        { name: 'line', says: 'The line, counted from 1.', shape: { type: 'integer' } },
      ],
    },
  },
  {
    name: 'required_service_evidence',
    says: 'For each service the place that names it.',
    shape: {
      type: 'records',
      fields: [
        {
          name: 'service',
          required: true,
          says: 'The service, spelled as in `required_services`.',
          shape: { type: 'string' },
        },
        {
          name: 'file',
          required: true,
          says: 'The file that names it, from the project’s root.',
          shape: { type: 'string' },
        },
        { name: 'line', says: 'The line, counted from 1.', shape: { type: 'integer' } },
      ],
    },
  },
  {
    name: 'env',
    says: 'Names of the environment variables that have to be set. Names alone, never values.',
    shape: { type: 'strings' },
  },
  {
    name: 'artifacts',
    says: 'The files that are handed over, with the hash of what they held.',
    shape: {
      type: 'records',
      fields: [
        { name: 'path', required: true, says: 'From the project’s root.', shape: { type: 'string' } },
        {
          name: 'sha256',
          says: 'SHA-256 of the file’s bytes.',
          shape: {
            type: 'string',
            pattern: /^[0-9a-f]{64}$/,
            patternSays: 'a SHA-256, 64 hexadecimal digits in lower case',
          },
        },
        { name: 'kind', says: 'What it is, for example `api-spec` or `migration`.', shape: { type: 'string' } },
      ],
    },
  },
  {
    name: 'tasks',
    says: 'The tasks of the task file, as they stood.',
    shape: {
      type: 'records',
      fields: [
        {
          name: 'id',
          required: true,
          says: 'For example `BE-020`.',
          shape: { type: 'string', pattern: /^BE-\d{3,}$/, patternSays: 'a task’s number, for example `BE-020`' },
        },
        { name: 'status', says: 'The status that the task file says.', shape: { type: 'string' } },
      ],
    },
  },
  {
    name: 'checks',
    says: 'How the lines of the checklists stood. What is open is named here, and in `open_questions`.',
    shape: {
      type: 'records',
      fields: [
        {
          name: 'item',
          required: true,
          says: 'Id of the checklist’s line, for example `handoff/tests-pass`.',
          shape: { type: 'string' },
        },
        {
          name: 'status',
          required: true,
          says: '`measured`: rules, runs or files show it. `attested`: a person says so. `open`: nothing shows it, or no longer.',
          shape: { type: 'string', values: checkStatuses },
        },
        { name: 'evidence', says: 'What shows it, in one phrase.', shape: { type: 'string' } },
        { name: 'by', says: 'Who says so.', shape: { type: 'string' } },
      ],
    },
  },
  {
    name: 'open_questions',
    says: 'What is not settled. Entries that begin with the id of a checklist’s line are kept up to date by Write Hand-off.',
    shape: { type: 'texts' },
  },
  { name: 'decisions', says: 'What was decided, and why.', shape: { type: 'texts' } },
  { name: 'breaking_changes', says: 'What callers have to change.', shape: { type: 'texts' } },
  { name: 'performance', says: 'What was measured, and how.', shape: { type: 'any' } },
  { name: 'supersedes', says: 'The `id` of the hand-off that this one replaces.', shape: { type: 'any' } },
];

/** The folders in which migrations that are given by their bare names are looked for. */
export const migrationFolders: readonly string[] = [
  'migrations',
  'db/migrations',
  'database/migrations',
  'db/migrate',
  'sql/migrations',
  'sql',
  'src/migrations',
  'src/db/migrations',
  'src/database/migrations',
  'server/migrations',
  'backend/migrations',
  'prisma/migrations',
  'supabase/migrations',
  'drizzle',
  'drizzle/migrations',
  'migrate',
  'src/main/resources/db/migration',
];

/** Why a text cannot be a path inside the project, as the end of a sentence; undefined where it can. */
export function outsideBecause(path: string): string | undefined {
  if (path.trim() === '') return 'is empty';
  if (/\p{Cc}/u.test(path)) return 'holds a control character';
  if (/^[A-Za-z][A-Za-z+.-]+:/.test(path)) return 'is an address, no path';
  if (/^[A-Za-z]:/.test(path) || path.startsWith('/') || path.startsWith('\\') || path.startsWith('~/'))
    return 'is no path from the project’s root';
  if (path.includes('\\')) return 'is written with backslashes; write `/`';
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth--;
    else if (part !== '.' && part !== '') depth++;
    if (depth < 0) return 'leads out of the project';
  }
  return undefined;
}
