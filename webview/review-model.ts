import type {
  Evidence,
  ItemAction,
  ItemFace,
  Review,
  ReviewChecklist,
  ReviewFilter,
  ReviewItem,
} from '../src/server/protocol-review.ts';
import type { IconName } from './icons.ts';
import { figure, moment, shown } from './text.ts';

/** How a face is drawn and called, in the order of the groups. `few` follows a number: `9 met hidden`. */
export const faceLooks: Readonly<
  Record<ItemFace, { readonly word: string; readonly icon: IconName; readonly few: string; readonly open: boolean }>
> = {
  broken: { word: 'Not met', icon: 'error', few: 'not met', open: true },
  unshown: { word: 'Not shown yet', icon: 'circle-large', few: 'not shown yet', open: true },
  stale: { word: 'Out of date', icon: 'history', few: 'out of date', open: true },
  met: { word: 'Met', icon: 'pass-filled', few: 'met', open: false },
  signed: { word: 'Signed by a person', icon: 'account', few: 'signed', open: false },
  waived: { word: 'Waived', icon: 'circle-slash', few: 'waived', open: false },
  'not-applicable': { word: 'Does not apply', icon: 'dash', few: 'not applicable', open: false },
};

const order = Object.keys(faceLooks) as ItemFace[];

/** What stands under one heading. */
export interface Group {
  readonly face: ItemFace;
  readonly items: readonly ReviewItem[];
}

export interface Sight {
  readonly groups: readonly Group[];
  /** What the filter keeps from being seen: `6 met, 2 signed hidden.` Empty where it hides nothing. */
  readonly hidden: string;
}

/** The groups of a checklist as the filter lets them through. `placeOf` says under which face an item stands now; `always` is shown whatever the filter says. */
export function sightOf(
  { items }: Pick<ReviewChecklist, 'items'>,
  filter: ReviewFilter,
  placeOf: (item: ReviewItem) => ItemFace,
  always: string | undefined,
): Sight {
  const search = filter.search.trim().toLowerCase();
  const seen = new Map<ItemFace, ReviewItem[]>();
  const hidden = new Map<ItemFace, number>();
  for (const item of items) {
    const face = placeOf(item);
    const fits =
      item.id === always ||
      ((!filter.openOnly || faceLooks[face].open) &&
        (!filter.needsPerson || needsPerson(item)) &&
        (search === '' || holds(item, search)));
    if (!fits) hidden.set(face, (hidden.get(face) ?? 0) + 1);
    else if (seen.has(face)) seen.get(face)?.push(item);
    else seen.set(face, [item]);
  }
  const parts = order.flatMap((face) => {
    const number = hidden.get(face);
    return number === undefined ? [] : [`${figure(number)} ${faceLooks[face].few}`];
  });
  return {
    groups: order.flatMap((face) => {
      const found = seen.get(face);
      return found ? [{ face, items: found }] : [];
    }),
    hidden: parts.length > 0 ? `${parts.join(', ')} hidden.` : '',
  };
}

function needsPerson({ face, actions }: ReviewItem): boolean {
  return faceLooks[face].open && actions.some(({ kind }) => kind === 'sign');
}

function holds({ id, title, line, evidence, findings }: ReviewItem, search: string): boolean {
  const has = (text: string | undefined): boolean => text?.toLowerCase().includes(search) === true;
  return (
    has(id) ||
    has(title) ||
    has(line) ||
    evidence.some(({ text, file }) => has(text) || has(file)) ||
    findings.some(({ rule, file, message }) => has(rule) || has(file) || has(message))
  );
}

/** No record, no run and no measurement settles anything yet. */
export function isFirst({ checklists }: Review): boolean {
  return checklists.every(({ measured, signed, waived }) => measured + signed + waived === 0);
}

/** `6 measured, 2 signed`, and what is waived where something is. */
export function tallyOf({ measured, signed, waived }: ReviewChecklist): string {
  const parts = [`${figure(measured)} measured`, `${figure(signed)} signed`];
  return (waived > 0 ? [...parts, `${figure(waived)} waived`] : parts).join(', ');
}

/** `Shop API · branch feature/carts · 3f2c1ab + 4 changed files`. */
export function projectLine({ name, branch, commit, changed = 0 }: Review['project']): string {
  const files = changed > 0 ? ` + ${figure(changed)} changed file${changed === 1 ? '' : 's'}` : '';
  const parts = [
    shown(name),
    ...(branch === undefined ? [] : [`branch ${shown(branch)}`]),
    ...(commit === undefined ? [] : [`${shown(commit).slice(0, 7)}${files}`]),
  ];
  return parts.join(' · ');
}

/** What an action is called and how its button is drawn. */
export function actionLook(action: ItemAction): { readonly word: string; readonly icon: IconName } {
  switch (action.kind) {
    case 'go':
      return { word: 'Go to Finding', icon: 'go-to-file' };
    case 'fix-all':
      return { word: `Fix All (${figure(action.count)})`, icon: 'fix' };
    case 'create-task':
      return { word: 'Create Task', icon: 'task' };
    case 'run':
      return { word: `Run ${shown(action.name)}`, icon: 'run' };
    case 'sign':
      return { word: 'Sign Off…', icon: 'account-outline' };
    case 'withdraw':
      return { word: 'Withdraw…', icon: 'withdraw' };
    case 'waive':
      return { word: 'Waive…', icon: 'circle-slash' };
    case 'open':
      return { word: openWord(action.file), icon: 'go-to-file' };
    case 'write-handoff':
      return { word: 'Write Hand-off', icon: 'handoff' };
  }
}

/** What the link to a file is called. A record is named by a hash, which says nothing to anybody. */
export function openWord(file: string): string {
  return file.includes('.backend-architect/evidence/')
    ? 'Open Record'
    : `Open ${shown(file.split('/').at(-1) ?? file)}`;
}

/** The same for the same action in the next review. */
export function actionKey(action: ItemAction): string {
  switch (action.kind) {
    case 'fix-all':
      return `fix-all ${action.rule} ${action.file}`;
    case 'run':
      return `run ${action.name}`;
    case 'withdraw':
      return `withdraw ${action.record}`;
    case 'open':
      return `open ${action.file}`;
    default:
      return action.kind;
  }
}

const kindWords: Readonly<Record<Evidence['kind'], string>> = {
  rules: 'Rules',
  run: 'Command',
  artifact: 'File',
  word: 'Sign-off',
  waiver: 'Waiver',
};
const verdictWords: Readonly<Record<Evidence['verdict'], string>> = {
  shows: 'shows it',
  disproves: 'disproves it',
  stale: 'out of date',
  missing: 'missing',
  refused: 'not believed',
  'not-applicable': 'does not apply',
};

/** `Command, out of date`. */
export function evidenceWord({ kind, verdict }: Evidence): string {
  const verb = kind === 'rules' && verdict === 'shows' ? 'show it' : verdictWords[verdict];
  return `${kindWords[kind]}, ${kind === 'rules' && verdict === 'disproves' ? 'disprove it' : verb}`;
}

const mostChanged = 3;

/** What the evidence says, with the files that changed and the moment it was made. */
export function evidenceText({ text, at, changed = [] }: Evidence, now: Date): string {
  const more = changed.length > mostChanged ? ` and ${figure(changed.length - mostChanged)} more` : '';
  const files = changed.slice(0, mostChanged).map(shown).join(', ');
  const when = at === undefined ? '' : moment(at, now);
  return [shown(text), ...(files === '' ? [] : [`Changed: ${files}${more}`]), ...(when === '' ? [] : [when])].join(
    ' · ',
  );
}

/** Whether a piece of evidence says what a finding in the list below it says. */
export function repeatsFinding(
  { kind, verdict, text }: ReviewItem['evidence'][number],
  findings: ReviewItem['findings'],
): boolean {
  if (kind !== 'rules' || verdict !== 'disproves') return false;
  // The evidence is cut at 200 characters; what a rule says of a place is told apart by its beginning.
  return findings.some(({ rule, message }) => text.startsWith(`${rule}: `) && text.includes(message.slice(0, 40)));
}

/** `openapi.yaml:212`. */
export function placeOf({ file, range }: ReviewItem['findings'][number]): string {
  return `${shown(file)}:${range.start.line + 1}`;
}

/** An item with its evidence, to be pasted elsewhere. */
export function plainText(item: ReviewItem, now: Date): string {
  return [
    `${item.word}: ${shown(item.title)} (${shown(item.id)})`,
    shown(item.says),
    shown(item.line),
    ...item.evidence.map((one) => `- ${evidenceWord(one)}: ${evidenceText(one, now)}`),
    ...item.findings.map((one) => `- ${placeOf(one)} ${shown(one.message)} (${shown(one.rule)})`),
  ].join('\n');
}
