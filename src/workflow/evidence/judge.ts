import type { ChecklistItem, Source } from '../../core/checklist.ts';
import {
  evidenceFolder,
  type EvidenceKind,
  type EvidenceRecord,
  type RunRecord,
  type WaiverRecord,
  type WordRecord,
} from '../../core/evidence.ts';
import type { RefusedRecord } from '../../core/review.ts';
import { anyOf } from '../../core/globs.ts';
import type { ReviewCommand } from '../review/commands.ts';
import { recordId, type Sha256Text } from './canonical.ts';
import { daysBetween, longestWaiver, readRecord } from './read.ts';

/** A file under `.backend-architect/evidence/`. */
export type StoredRecord = { readonly file: string } & ({ readonly text: string } | { readonly problem: string });

/** What there is to judge records by. */
export interface EvidenceWorld {
  readonly stored: readonly StoredRecord[];
  /** The project's own id; undefined where there is no `.backend-architect/project.json`. */
  readonly project: string | undefined;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** The day it is here, YYYY-MM-DD. */
  readonly today: string;
  /** The version of the rules. */
  readonly rules: string;
  readonly items: readonly ChecklistItem[];
  readonly commands: ReadonlyMap<string, ReviewCommand>;
  /** The project's files that fit one of the patterns. */
  fitting(patterns: readonly string[]): readonly string[];
  readonly sha256Text: Sha256Text;
  /** SHA-256 of a file as it is now, in the editor where it is open; undefined where there is none. */
  sha256(path: string): string | undefined;
}

/** A record that is believed, and what has become of it. */
export interface Claim<Kind extends EvidenceRecord = RunRecord | WordRecord | WaiverRecord> {
  readonly id: string;
  readonly file: string;
  readonly record: Kind;
  /** Why it is out of date, in a sentence; undefined where it is not. */
  readonly stale?: string | undefined;
  /** The inputs that changed, disappeared or came since, by path. */
  readonly changed: readonly string[];
}

/** A record that is not believed; `items` are those it speaks for, as far as can be told. */
export interface Refused extends RefusedRecord {
  readonly kind: EvidenceKind;
  readonly items: readonly string[];
}

export interface JudgedEvidence {
  /** The newest first. Without what was withdrawn, and without runs that a newer run of the same command has overtaken. */
  readonly claims: readonly Claim[];
  /** By file. */
  readonly refused: readonly Refused[];
}

/** A clock may run so much ahead of another, in milliseconds. */
const clockSkewMs = 300_000;

interface Candidate {
  readonly id: string;
  readonly file: string;
  readonly record: EvidenceRecord;
}

/** Judges every record: what is broken, edited, copied, foreign or of the future is refused; what its inputs have left behind is out of date. */
export function judgeEvidence(world: EvidenceWorld): JudgedEvidence {
  const items = new Map(world.items.map((item) => [item.id, item]));
  const refused: Refused[] = [];
  const believed: Candidate[] = [];
  for (const stored of world.stored) {
    const read = 'problem' in stored ? { ...unknown, problem: stored.problem } : believe(stored, world, items);
    if ('problem' in read)
      refused.push({ file: stored.file, reason: read.problem, items: read.items, kind: read.kind });
    else believed.push(read);
  }
  const withdrawn = withdrawals(believed, refused);
  const newest = new Map<string, string>();
  for (const { record } of believed) {
    if (record.kind !== 'run') continue;
    const key = record.name;
    if ((newest.get(key) ?? '') < record.at) newest.set(key, record.at);
  }
  const claims: Claim[] = [];
  for (const { id, file, record } of believed) {
    if (record.kind === 'withdrawal' || withdrawn.has(id)) continue;
    if (record.kind === 'run' && newest.get(record.name) !== record.at) continue;
    claims.push({ id, file, record, ...standing(record, world) });
  }
  claims.sort((a, b) => order(b.record.at, a.record.at) || order(a.id, b.id));
  return { claims, refused: refused.sort((a, b) => order(a.file, b.file)) };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Why a record is not believed, and what it would have been. */
interface Disbelief extends Pick<Refused, 'items' | 'kind'> {
  readonly problem: string;
}

const unknown: Pick<Refused, 'items' | 'kind'> = { items: [], kind: 'word' };

function believe(
  { file, text }: { readonly file: string; readonly text: string },
  world: EvidenceWorld,
  items: ReadonlyMap<string, ChecklistItem>,
): Candidate | Disbelief {
  const read = readRecord(text);
  if ('problem' in read) return { ...unknown, problem: `${read.problem}. Restore the file from git, or delete it.` };
  const { record } = read;
  const kindNow = record.kind === 'withdrawal' ? 'word' : record.kind;
  const no = (problem: string): Disbelief => ({ problem, items: record.items, kind: kindNow });
  const id = recordId(record, world.sha256Text);
  const name = file.slice(evidenceFolder.length + 1).replace(/\.json$/, '');
  if (id !== name) {
    const copy = world.stored.some((other) => other.file === `${evidenceFolder}/${id}.json`);
    return no(
      copy
        ? `It is a copy of ${id.slice(0, 12)}….json under another name. Delete it.`
        : 'It does not say any more what it said when it was made: it was edited or renamed. Restore it from git, or delete it and make the record again.',
    );
  }
  if (world.project === undefined)
    return no(
      'Which project it belongs to cannot be told: .backend-architect/project.json is not there. Restore it from git.',
    );
  if (record.project !== world.project)
    return no('It was made in another project. Delete it and make the record here.');
  if (Date.parse(record.at) > Date.parse(world.now) + clockSkewMs)
    return no(`It says that it was made at ${record.at}, which is still to come. Delete it and make the record again.`);
  for (const item of record.items) {
    const known = items.get(item);
    if (!known)
      return no(
        `It speaks for \`${item.slice(0, 60)}\`, and there is no such item. Delete it and make the record again.`,
      );
    const kind = record.kind === 'run' || record.kind === 'word' ? record.kind : undefined;
    if (kind && !known.shownBy.some((source) => source.kind === kind)) return no(notShownBy(known, kind));
  }
  return ownRefusal(record, no) ?? { id, file, record };
}

function notShownBy(item: ChecklistItem, kind: 'run' | 'word'): string {
  const ways: Readonly<Record<Source['kind'], string>> = {
    run: 'a command that passes',
    word: 'a person’s word',
    rules: 'the rules',
    artifact: 'the file itself',
  };
  const what = item.shownBy.map((source) => ways[source.kind]).join(' or ');
  return `${kind === 'word' ? 'A person’s word' : 'A command'} cannot show \`${item.id}\`: ${what} does. Delete this record.`;
}

function ownRefusal<Answer>(record: EvidenceRecord, no: (problem: string) => Answer): Answer | undefined {
  if (record.kind === 'waiver') {
    const days = daysBetween(record.at, record.until);
    if (days > longestWaiver)
      return no(`It waives for ${days} days; ${longestWaiver} are the most. Waive it again with an earlier day.`);
    return undefined;
  }
  if (record.kind === 'withdrawal') return undefined;
  const fits = anyOf(record.lapsesWith);
  if (record.inputs.length === 0)
    return no('It names no file that it rests on, so it would never be out of date. Make the record again.');
  const stranger = record.inputs.find(({ path }) => !fits(path));
  return stranger ? no(`Its input ${stranger.path} fits none of its patterns. Make the record again.`) : undefined;
}

/** The ids that are taken back. A withdrawal of what is not there says so. */
function withdrawals(believed: readonly Candidate[], refused: Refused[]): ReadonlySet<string> {
  const kinds = new Map(believed.map(({ id, record }) => [id, record.kind]));
  const found = new Set<string>();
  for (const { file, record } of believed) {
    if (record.kind !== 'withdrawal') continue;
    const target = kinds.get(record.record);
    if (target === 'word' || target === 'waiver') found.add(record.record);
    else {
      const what = `${record.record.slice(0, 12)}…`;
      const reason =
        target === undefined
          ? `It takes back the record ${what}, which is not there or not believed. Delete it, or restore that record from git.`
          : `It takes back ${what}, which is no person’s word and no waiver. Run the command again instead.`;
      refused.push({ ...unknown, file, reason });
    }
  }
  return found;
}

function standing(
  record: RunRecord | WordRecord | WaiverRecord,
  world: EvidenceWorld,
): Pick<Claim, 'stale' | 'changed'> {
  if (record.kind === 'waiver') {
    return record.until < world.today ? { stale: `The waiver ended on ${record.until}`, changed: [] } : { changed: [] };
  }
  const changed = changedInputs(record, world);
  const stale = (record.kind === 'run' ? overtaken(record, world) : undefined) ?? changeText(changed);
  return { stale, changed: changed.map(({ path }) => path) };
}

/** What else than its inputs has left a run behind. */
function overtaken(record: RunRecord, { commands, rules }: EvidenceWorld): string | undefined {
  const command = commands.get(record.name);
  if (!command) return `The command ${record.name} is not configured any more`;
  if (command.run !== record.command) return `The command ${record.name} is another one now`;
  if (command.inputs.join('\n') !== record.lapsesWith.join('\n'))
    return `The inputs of ${record.name} are other ones now`;
  if (record.rules !== rules) return `It ran beside the rules of ${record.rules}; these are ${rules}`;
  return undefined;
}

interface ChangedInput {
  readonly path: string;
  readonly how: 'changed' | 'is gone' | 'is new';
}

function changedInputs(record: RunRecord | WordRecord, world: EvidenceWorld): readonly ChangedInput[] {
  const known = new Set<string>();
  const found: ChangedInput[] = [];
  for (const { path, sha256 } of record.inputs) {
    known.add(path);
    const now = world.sha256(path);
    if (now !== sha256) found.push({ path, how: now === undefined ? 'is gone' : 'changed' });
  }
  for (const path of world.fitting(record.lapsesWith)) if (!known.has(path)) found.push({ path, how: 'is new' });
  return found;
}

/** `006_carts.sql changed`, `a.ts is gone and 2 more`. */
function changeText(changed: readonly ChangedInput[]): string | undefined {
  const [first] = changed;
  if (!first) return undefined;
  const rest = changed.length > 1 ? `, ${changed.length - 1} more` : '';
  return `${first.path.slice(first.path.lastIndexOf('/') + 1)} ${first.how}${rest}`;
}
