import type { ChecklistItem } from '../../core/checklist.ts';
import type { Finding, Severity } from '../../core/finding.ts';
import type { RuleMeta } from '../../core/rule.ts';
import { type TaskCategory, taskCategories } from '../../core/task/words.ts';

/** What is known of a task before a person has a say. */
export interface Draft {
  readonly category: TaskCategory;
  /** Why this category: `api/auth-defined is about who may call`. */
  readonly because: string;
  readonly title: string;
  readonly priority: string;
  readonly effort: string;
  readonly description: string;
  readonly criteria: readonly string[];
  readonly notes: string;
}

/** What a rule or an item is about, by the words in its id; the first that fits. */
const topics: readonly (readonly [words: RegExp, key: string, about: string])[] = [
  [/auth|password|secret|security|public/, '010', 'who may do what'],
  [/rate-limit|error|4xx|5xx|resilien|retry|timeout/, '080', 'errors and overload'],
  [/input|enum|required|valid|default|datetime|sanit/, '030', 'what may come in'],
  [/(?:^|\/).*(?:foreign-key-index|duplicate-index|pagination|list-|performance|sla|load|n-plus|cach)/, '040', 'speed'],
  [/log|monitor|metric|trace|health/, '070', 'what can be seen while it runs'],
  [/webhook|integration|third-party/, '050', 'other systems'],
  [/(?:^|\/)(?:job|queue|schedul)/, '060', 'background work'],
  [/^sql\/|schema|migration|database/, '001', 'the database'],
];

function category(key: string): TaskCategory {
  const found = taskCategories.find((one) => one.key === key) ?? taskCategories[2];
  if (!found) throw new Error(`There is no category ${key}.`);
  return found;
}

/** The category that a rule or a checklist item suggests, and why. */
export function categoryGuess(id: string): { readonly category: TaskCategory; readonly because: string } {
  for (const [words, key, about] of topics) {
    if (words.test(id)) return { category: category(key), because: `${id} is about ${about}` };
  }
  return { category: category('020'), because: `${id} is about the API itself` };
}

const priorities: Readonly<Record<Severity, string>> = { error: 'High', warning: 'Medium', info: 'Low', hint: 'Low' };

/** So many places are named one by one. */
const mostPlaces = 10;
const longestTitle = 90;

/** A task that repairs a finding, and with it all findings of the rule in that file. `others` are those, without the finding itself. */
export function draftFromFinding(finding: Finding, rule: RuleMeta | undefined, others: readonly Finding[]): Draft {
  const guess = categoryGuess(finding.rule);
  const all = [finding, ...others.filter((one) => one.rule === finding.rule && one.file === finding.file)];
  const place = ({ file, range }: { readonly file: string; readonly range: Finding['range'] }): string =>
    `${file}:${range.start.line + 1}`;
  // Findings with one cause are one: the others of them stand among its related places, and begin as it does.
  const isTwin = (message: string): boolean => message.slice(0, 8) === finding.message.slice(0, 8);
  const wrong = all.flatMap((one) => [one, ...one.related.filter(({ message }) => isTwin(message))]);
  const places = wrong.slice(0, mostPlaces).map((one) => `${place(one)} is repaired: ${plain(one.message)}`);
  const more = wrong.length - places.length;
  const besides = finding.related.filter(({ message }) => !isTwin(message));
  const related = besides.slice(0, mostPlaces).map((one) => `${place(one)}: ${plain(one.message)}`);
  return {
    ...guess,
    title: shortened(plain(finding.message)),
    priority: priorities[finding.severity],
    effort: wrong.length === 1 ? 'S' : wrong.length <= 5 ? 'M' : 'L',
    description: [
      sentence(plain(finding.message)),
      ...(rule ? [sentence(plain(rule.says)), sentence(plain(rule.why))] : []),
      `Found by ${finding.rule} at ${place(finding)}.`,
    ].join(' '),
    criteria: [
      ...places,
      ...(more > 0 ? [`The ${more} other places of ${finding.rule} in ${finding.file} are repaired`] : []),
      `Checking ${finding.file} finds nothing of ${finding.rule}`,
      ...proofOf(finding.rule),
    ],
    notes: [...(related.length > 0 ? [`See also ${related.join('; ')}.`] : []), findingMark(finding)].join(' '),
  };
}

/** By this a task is found again that was made from a finding. */
function findingMark({ fingerprint }: Finding): string {
  return `Finding ${fingerprint}.`;
}

/** Whether the text of a task says that it was made from this finding. */
export function isMadeFrom(text: string, finding: Finding): boolean {
  return text.includes(findingMark(finding));
}

function proofOf(rule: string): readonly string[] {
  if (rule.startsWith('sql/')) return ['The migration runs up, down and up again', 'Tests are written and pass'];
  if (rule.startsWith('api/')) return ['Code and API document agree', 'Tests are written and pass'];
  return ['Tests are written and pass'];
}

/** A task that shows a checklist item. */
export function draftFromItem(item: ChecklistItem): Draft {
  return {
    ...categoryGuess(item.id),
    title: item.title,
    priority: 'High',
    effort: 'M',
    description: `${sentence(item.says)} It is what the checklist asks for as ${item.id}.`,
    criteria: [
      plain(item.says).replace(/\.$/, ''),
      `The review shows ${item.title} as met`,
      'Tests are written and pass',
    ],
    notes: '',
  };
}

/** A task that somebody thinks of. */
export function draftFromScratch(key = '020'): Draft {
  return {
    category: category(key),
    because: '',
    title: '',
    priority: 'Medium',
    effort: 'M',
    description: '',
    criteria: ['Tests are written and pass', 'Code and API document agree'],
    notes: '',
  };
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Cut between words. */
function shortened(text: string): string {
  const bare = text.replace(/\.$/, '');
  if (bare.length <= longestTitle) return bare;
  const cut = bare.lastIndexOf(' ', longestTitle - 1);
  return `${bare.slice(0, cut > 40 ? cut : longestTitle - 1)}…`;
}
