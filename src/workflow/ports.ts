/** The world as the workflow sees it. Paths are relative to the project's root, with `/`; `''` is the root; a leading `../` leaves it. */

export interface FolderEntry {
  readonly name: string;
  /** Links are `other`: discovery does not follow them, so it cannot go in circles or leave the project. */
  readonly kind: 'file' | 'folder' | 'other';
}

/** The text of a file, its byte order mark included; or why there is none, in one sentence for people. */
export type TextOrProblem = { readonly text: string } | { readonly problem: string };

export interface Head {
  /** What the first bytes say, unreadable ones replaced. */
  readonly text: string;
  /** That is all of it. */
  readonly complete: boolean;
  /** In bytes. */
  readonly size: number;
}

export interface Files {
  /** What a folder holds, in any order; undefined where it cannot be listed. */
  list(folder: string): Promise<readonly FolderEntry[] | undefined>;
  /** What stands at a path, links followed; undefined where nothing does. */
  kind(path: string): Promise<'file' | 'folder' | undefined>;
  /** The first bytes of a file, at most `bytes`. */
  head(path: string, bytes: number): Promise<Head | { readonly problem: string }>;
  /** A whole file of at most 20 MB, decoded as UTF-8. Binary data, UTF-16 and broken UTF-8 are a problem, never guessed at. */
  read(path: string): Promise<TextOrProblem>;
  /** What stands at a path inside the project, links resolved; undefined where nothing does or it leads out. At once. */
  kindNow(path: string): 'file' | 'folder' | undefined;
  /** SHA-256 of a regular file's bytes inside the project, in lower-case hexadecimal; undefined where there is none. At once. */
  sha256Now(path: string): string | undefined;
  /** A file that a `$ref` names: only inside the project, links resolved, and only a regular file. Undefined otherwise. */
  readTarget(path: string): string | undefined;
}

export interface Clock {
  /** Milliseconds from some fixed moment; never goes back. */
  now(): number;
  /** The day it is, YYYY-MM-DD. */
  today(): string;
  /** Lets what else is waiting have its turn. */
  turn(): Promise<void>;
}

/** Larger files are named and not analysed. In bytes. */
export const maxBytes = 20_000_000;

/** What is said of a path where nothing is. */
export const noSuchFile = 'There is no such file.';

/** Why a configuration that is a link out of the project is not read. */
export const leadsOut = 'It is a link that leads out of the project. Put the file itself there.';

/** `50.3 MB`. */
function sizeText(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function tooLarge(bytes: number): string {
  return `It has ${sizeText(bytes)}; up to ${maxBytes / 1_000_000} MB are analysed.`;
}

export function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The folder a path lies in, `''` for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** By UTF-16 units: the same order on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Writing into somebody's workspace: the only way there is. Paths are relative to the project's root, with `/`, and lie inside it. */
export interface Writing {
  /** Makes a new file, and the folders it lies in. Throws {@link WriteRefused} where something stands there already. */
  create(path: string, text: string): Promise<void>;
  /**
   * Changes a closed file: takes its lock, reads it, asks `plan` for the new text (undefined: leave it), writes it beside, flushes it and renames it. At every
   * moment the file is the old or the new one. `plan` is given undefined where there is no file, and may be called again. Throws {@link WriteRefused}.
   */
  change(path: string, plan: (text: string | undefined) => string | undefined): Promise<'written' | 'unchanged'>;
}

/** A file that was not written. The message says which, why and what to do next; nothing was changed. */
export class WriteRefused extends Error {}
