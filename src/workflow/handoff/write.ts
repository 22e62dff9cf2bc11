import { roleOf } from '../../catalogue/roles.ts';
import { handoffFacts } from '../../core/handoff/facts.ts';
import { outsideBecause } from '../../core/handoff/format.ts';
import { objectOf, plainOf, readJson } from '../../core/handoff/read-json.ts';
import { secretsIn } from '../../core/handoff/secrets.ts';
import { applyEdits, lineIndex, type TextEdit } from '../../core/text.ts';
import { composeHandoff, type HandoffWishes } from './compose.ts';
import { handoffEdits, printHandoff } from './edits.ts';
import { gatherHandoff, type Gathered, type HandoffPorts, type OpenGate } from './gather.ts';

/** A hand-off that could be written now. */
export interface HandoffPlan {
  readonly file: string;
  /** What stands there now; undefined where nothing does. */
  readonly oldText: string | undefined;
  /** The same as `oldText` where nothing changed. */
  readonly newText: string;
  /** From the old text to the new one; none where the file is new or nothing changed. */
  readonly edits: readonly TextEdit[];
  readonly gates: readonly OpenGate[];
  /** `2 migrations, 14 operations, 3 open items`. */
  readonly summary: string;
  /** As the file names the role. */
  readonly next: string;
}

export type HandoffOutcome = { readonly plan: HandoffPlan } | { readonly refusal: string };

/** Plans a hand-off from what is there. `text` is the present file as its owner sees it, with what is not saved. Nothing is written. */
export async function planHandoff(
  ports: HandoffPorts,
  wishes: HandoffWishes,
  text: string | undefined,
): Promise<HandoffOutcome> {
  const { configuration, files } = ports;
  const file = configuration.handoffFile;
  const isBlank = text === undefined || text.replace('\uFEFF', '').trim() === '';
  const reading = isBlank ? undefined : readJson(text);
  const root = reading && objectOf(reading);
  if (reading && (!root || reading.problems.length > 0)) {
    const [problem] = handoffFacts(text ?? '').problems;
    const line = lineIndex(text ?? '').position(problem?.at.start ?? 0).line + 1;
    return {
      refusal: `${file} was not written: line ${line} is not valid JSON (${problem?.message ?? 'it holds no object'}). Repair it, or move the file away; what it holds is kept until then.`,
    };
  }
  const present = (root ? plainOf(root) : {}) as Readonly<Record<string, unknown>>;
  const said = wishes.next?.trim() || undefined;
  const next = said === undefined ? undefined : (roleOf(said)?.name ?? said);
  const namedNext = typeof present['next_agent'] === 'string' ? present['next_agent'].trim() : '';
  if (next === undefined && namedNext === '')
    return {
      refusal: `${file} was not written: nobody is named who takes over. Name the next role, for example Lead Engineer.`,
    };
  const wanted = wishes.apiSpec ?? (typeof present['api_spec'] === 'string' ? present['api_spec'] : undefined);
  const gathered = await gatherHandoff(ports, wanted);
  const refusal = specRefusal(gathered, wishes.apiSpec, wanted, ports);
  if (refusal !== undefined) return { refusal: `${file} was not written: ${refusal}` };

  const values = composeHandoff({ gathered, wishes: { ...wishes, next }, present, files, now: ports.now() });
  const edits = root && root.entries.length > 0 ? handoffEdits(text ?? '', root, values) : [];
  const newText = root && root.entries.length > 0 ? applyEdits(text ?? '', edits) : printHandoff(values);
  const secret = secretRefusal(text ?? '', 'holds') ?? secretRefusal(newText, 'would hold');
  if (secret !== undefined) return { refusal: `${file} was not written: ${secret}` };
  const missing = handoffFacts(newText).paths.find(
    ({ text: path, what }) =>
      outsideBecause(path) !== undefined ||
      (what === 'migration' ? files.kindNow(path) === undefined : files.kindNow(path) !== 'file'),
  );
  if (missing)
    return {
      refusal: `${file} was not written: it would name ${missing.text.slice(0, 100)}, which is not a file in the project. Look again once it is there.`,
    };
  return {
    plan: {
      file,
      oldText: text,
      newText,
      edits,
      gates: gathered.gates,
      summary: summaryOf(gathered),
      next: next ?? namedNext,
    },
  };
}

function secretRefusal(text: string, holds: string): string | undefined {
  const [secret] = secretsIn(text);
  if (!secret) return undefined;
  const line = lineIndex(text).position(secret.at.start).line + 1;
  return `line ${line} ${holds} what reads like ${secret.what}. Take it out, and name the variable that holds it instead.`;
}

function specRefusal(
  { contracts, unread }: Gathered,
  asked: string | undefined,
  wanted: string | undefined,
  { files }: HandoffPorts,
): string | undefined {
  if (asked !== undefined && contracts[0]?.file !== asked) {
    if (unread.includes(asked)) return `${asked} cannot be read. Repair its syntax first.`;
    return `${asked} is no OpenAPI document of this project. Name one by its path from the project’s root.`;
  }
  if (contracts.length > 0) return undefined;
  if (unread.length > 0)
    return `${unread[0] ?? ''} cannot be read. Repair its syntax first: a hand-off names a contract that can be built from.`;
  // A contract of another kind (GraphQL, gRPC) that a person named.
  if (wanted !== undefined && outsideBecause(wanted) === undefined && files.kindNow(wanted) === 'file')
    return undefined;
  return 'there is no OpenAPI document to hand over. Write docs/living/API_Spec.yaml first: the contract comes before the code.';
}

/** How many lines of the checklists are open. */
export function openCount(gates: readonly OpenGate[]): number {
  return gates.reduce((sum, { items }) => sum + items.length, 0);
}

function summaryOf({ migrations, contracts, gates }: Gathered): string {
  const operations = contracts[0]?.operations.length ?? 0;
  return [
    count(migrations.length, 'migration'),
    count(operations, 'operation'),
    count(openCount(gates), 'open item'),
  ].join(', ');
}

export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
