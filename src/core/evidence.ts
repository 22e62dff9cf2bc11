/**
 * What an item can be shown by. `rules` alone prove only where the item is wholly decidable from text; everywhere else they can do no more than disprove.
 * - `run`: a command ran and passed over exactly these inputs.
 * - `artifact`: a file is there, is valid and agrees with what it describes.
 * - `word`: a named person says so.
 * - `waiver`: a named person says that it does not have to be shown until a day.
 */
export type EvidenceKind = 'rules' | 'run' | 'artifact' | 'word' | 'waiver';

/** An input of a piece of evidence: when its bytes change, the evidence is out of date. */
export interface EvidenceInput {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  /** SHA-256 of the file's bytes, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** Who made a record, as git names them. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** What every record holds. */
interface RecordParts {
  /** The format of the record. */
  readonly version: 1;
  /** The id of the project it was made in (`.backend-architect/project.json`): a record of another project proves nothing here. */
  readonly project: string;
  /** The checklist items it speaks for, by id. */
  readonly items: readonly string[];
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: Person;
  /** The commit that was checked out; absent where there was none. */
  readonly commit?: string;
  /** The patterns that its inputs were found by: a file that fits and is new makes it out of date too. */
  readonly lapsesWith: readonly string[];
  /** By path. */
  readonly inputs: readonly EvidenceInput[];
}

/** A command ran. */
export interface RunRecord extends RecordParts {
  readonly kind: 'run';
  /** Its key under `commands` in the configuration. */
  readonly name: string;
  /** As it was given to the shell. */
  readonly command: string;
  /** Its exit code; -1 where a signal or our deadline ended it. */
  readonly exit: number;
  readonly durationMs: number;
  /** The version of the rules it ran beside. */
  readonly rules: string;
}

/** A person says so. */
export interface WordRecord extends RecordParts {
  readonly kind: 'word';
  /** At least 10 characters. */
  readonly note: string;
}

/** A person says that it need not be shown now. It lapses by its date, not with files. */
export interface WaiverRecord extends RecordParts {
  readonly kind: 'waiver';
  readonly reason: string;
  /** The last day it counts, YYYY-MM-DD: at most 180 days after `at`. */
  readonly until: string;
}

/** Takes back a word or a waiver. Records are never deleted by us. */
export interface WithdrawalRecord extends RecordParts {
  readonly kind: 'withdrawal';
  /** The id of the record that is taken back. */
  readonly record: string;
  readonly reason: string;
}

/**
 * One file under `.backend-architect/evidence/`, named `<id>.json`. The id is the SHA-256 of the record's canonical JSON: a record that was edited, renamed
 * or copied under another name is told from one that was made. It does not keep out somebody who computes the id anew: git's history and review do that.
 */
export type EvidenceRecord = RunRecord | WordRecord | WaiverRecord | WithdrawalRecord;

/** Folder of the records, from the project's root. */
export const evidenceFolder = '.backend-architect/evidence';
