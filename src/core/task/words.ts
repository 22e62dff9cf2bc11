/** Where a task stands. Done is `completed`; `cancelled` is over too. */
export type TaskStatus = 'pending' | 'in-progress' | 'review' | 'blocked' | 'completed' | 'cancelled';

export const taskStatuses: readonly TaskStatus[] = [
  'pending',
  'in-progress',
  'review',
  'blocked',
  'completed',
  'cancelled',
];

export const taskPriorities: readonly string[] = ['Critical', 'High', 'Medium', 'Low'];

export const taskEfforts: readonly string[] = ['S', 'M', 'L', 'XL'];

/** A field as the reader knows it. */
export type FieldName =
  | 'title'
  | 'status'
  | 'assigned'
  | 'created'
  | 'dependencies'
  | 'effort'
  | 'description'
  | 'criteria'
  | 'notes'
  | 'priority';

/** How each field is written. */
export const fieldLabels: Readonly<Record<FieldName, string>> = {
  title: 'Title',
  status: 'Status',
  assigned: 'Assigned',
  created: 'Created',
  dependencies: 'Dependencies',
  effort: 'Estimated effort',
  description: 'Description',
  criteria: 'Acceptance Criteria',
  notes: 'Technical notes',
  priority: 'Priority',
};

const spelled: ReadonlyMap<string, FieldName> = new Map<string, FieldName>([
  ...Object.entries(fieldLabels).map(([name, label]): [string, FieldName] => [label.toLowerCase(), name as FieldName]),
  ['assignee', 'assigned'],
  ['assigned to', 'assigned'],
  ['depends on', 'dependencies'],
  ['dependency', 'dependencies'],
  ['effort', 'effort'],
  ['acceptance criterion', 'criteria'],
  ['notes', 'notes'],
  ['technical note', 'notes'],
]);

/** The field that a label means, in any case; undefined for one of somebody's own. */
export function fieldNamed(label: string): FieldName | undefined {
  return spelled.get(label.replaceAll(/[ \t]+/g, ' ').toLowerCase());
}

/** Words of other tools and of every day for the six statuses. */
const statusWords: Readonly<Record<TaskStatus, readonly string[]>> = {
  pending: ['todo', 'to-do', 'open', 'new', 'backlog', 'planned', 'not-started'],
  'in-progress': ['wip', 'doing', 'started', 'active', 'ongoing', 'inprogress'],
  review: ['in-review', 'reviewing', 'needs-review', 'testing'],
  blocked: ['waiting', 'on-hold', 'stuck'],
  completed: ['done', 'complete', 'finished', 'closed', 'resolved'],
  cancelled: ['canceled', 'dropped', 'wontfix', 'rejected', 'obsolete'],
};

/** The status as it is meant to be written, whatever its case; undefined where it is none of the six. */
export function statusOf(text: string): TaskStatus | undefined {
  const plain = text.toLowerCase();
  return taskStatuses.find((one) => one === plain);
}

/** The status somebody means by another word for it. */
export function statusMeant(text: string): TaskStatus | undefined {
  const plain = text.toLowerCase().replaceAll(/[ _\t]+/g, '-');
  return taskStatuses.find((one) => one === plain || statusWords[one].includes(plain));
}

/** A kind of work with its numbers (role-003): ten of them, the first without zero. */
export interface TaskCategory {
  /** Its first number. */
  readonly from: number;
  /** As the numbers of the category are written on the command line: `010`. */
  readonly key: string;
  /** Names it behind `Backend/` in the heading of a task whose number lies outside. */
  readonly tag: string;
  readonly title: string;
}

export const taskCategories: readonly TaskCategory[] = [
  { from: 1, key: '001', tag: 'schema', title: 'Database schema and models' },
  { from: 10, key: '010', tag: 'auth', title: 'Authentication and authorization' },
  { from: 20, key: '020', tag: 'api', title: 'Core business logic APIs' },
  { from: 30, key: '030', tag: 'validation', title: 'Data validation and sanitization' },
  { from: 40, key: '040', tag: 'performance', title: 'Performance optimization' },
  { from: 50, key: '050', tag: 'integration', title: 'Third-party integrations' },
  { from: 60, key: '060', tag: 'jobs', title: 'Background jobs and scheduling' },
  { from: 70, key: '070', tag: 'monitoring', title: 'Logging and monitoring' },
  { from: 80, key: '080', tag: 'errors', title: 'Error handling and resilience' },
];

/** The last number of a category's band. */
export function lastOf({ from }: TaskCategory): number {
  return from - (from % 10) + 9;
}

/** The category a number below 100 lies in. */
export function categoryOfNumber(number: number): TaskCategory | undefined {
  return taskCategories.find((one) => number >= one.from && number <= lastOf(one));
}

/** Numbers that overflow their band begin here. */
export const overflowFrom = 100;

/** `BE-007`, `BE-1234`. */
export function taskId(number: number): string {
  return `BE-${String(number).padStart(3, '0')}`;
}
