import { migrationTools, type MigrationTool } from './migration-tools.ts';
import { compareVersions, flywayVersion, leadingNumber } from './migration-versions.ts';
import { sectionsOf } from './sections.ts';

/** One step of a set. Paths are relative to the project's root, with `/`. */
export interface Migration {
  /** How the tool knows it: its version, or its file's name. */
  readonly id: string;
  readonly up: string | undefined;
  readonly down: string | undefined;
  /** A file beside it says that it runs outside a transaction. */
  readonly outsideTransaction: boolean;
}

/** Migrations that one tool runs, in order, over one database. */
export interface MigrationSet {
  readonly tool: MigrationTool;
  /** The folder that holds it; for a plain file, the file. */
  readonly root: string;
  readonly migrations: readonly Migration[];
  /** The database as a side file or a file name says it, in its own word (`postgresql`, `mysql`). */
  readonly declaredDialect: string | undefined;
}

/** Reads a small file by its path; undefined where there is none. Never throws. */
export type ReadSideFile = (path: string) => string | undefined;

interface Candidate {
  readonly path: string;
  readonly root: string;
  readonly tool: MigrationTool | undefined;
  readonly direction: 'up' | 'down';
  /** What up and down files of one migration share. */
  readonly id: string;
  readonly dialect: string | undefined;
}

const dialectSuffix = /\.(postgres|postgresql|pg|mysql|mariadb|sqlite3?|cockroach|mssql|sqlserver|oracle)$/i;
const migrationFolder = /^(?:.*[-_.])?(?:migrations?|migrate)(?:[-_.].*)?$/i;
const orderedName = /^(?:\d+[-_.]|\d{8,}|[VUR]\d*(?:[._]\d+)*__)/;

/** UTF-16 units of the largest side file that is read: a journal of tens of thousands of migrations stays below. */
const sideFileLength = 4_000_000;

// Blanks, never line breaks: at every line of white space, the rest of it would be looked through again.
const provider = /^[ \t]*provider[ \t]*=[ \t]*"([^"\r\n]+)"/m;
const dieselOutside = /^[ \t]*run_in_transaction[ \t]*=[ \t]*false\b/m;
const flywayOutside = /^[ \t]*executeInTransaction[ \t]*=[ \t]*false\b/im;

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Whether an .sql file is a migration, by the conventions of the known tools for folders and file names. */
export function isMigrationPath(path: string): boolean {
  const name = baseName(path);
  if (!/\.sql$/i.test(name)) return false;
  const folders = folderOf(path).split('/');
  if (/^(?:migration|up|down)\.sql$/i.test(name))
    return /^\d/.test(folders.at(-1) ?? '') || folders.some((one) => migrationFolder.test(one));
  if (/\.(?:up|down|do|undo)\.sql$/i.test(name) || /^[VUR]\d*(?:[._]\d+)*__.+\.sql$/.test(name)) return true;
  if (!orderedName.test(name))
    return migrationFolder.test(folders.at(-1) ?? '') && !/^(?:seeds?|schema|structure|dump)\b/i.test(name);
  return folders.some((one) => migrationFolder.test(one) || /^drizzle$/i.test(one));
}

/** Sorts migrations into sets. A path that is no migration becomes a plain set of its own. Looks at side files and at one migration of a set whose names do not tell its tool. */
export function migrationSets(paths: readonly string[], readFile: ReadSideFile): MigrationSet[] {
  const read: ReadSideFile = (path) => {
    const text = readFile(path);
    // A migration itself may be as large as it likes.
    return text !== undefined && text.length > sideFileLength && !/\.sql$/i.test(path) ? undefined : text;
  };
  const groups = new Map<string, Candidate[]>();
  for (const path of [...paths].sort()) {
    const candidate = candidateOf(path);
    const group = `${candidate.root}\n${candidate.dialect ?? ''}\n${candidate.tool ?? ''}`;
    const found = groups.get(group);
    if (found === undefined) groups.set(group, [candidate]);
    else found.push(candidate);
  }
  const sets: MigrationSet[] = [];
  for (const [group, candidates] of groups) {
    const [root = '', dialect = '', tool = ''] = group.split('\n');
    // Files without a database in their name are for all of them; PostgreSQL is the one that is read here.
    if (dialect === '' && groups.has(`${root}\npostgres\n${tool}`)) continue;
    const shared = dialect === 'postgres' ? (groups.get(`${root}\n\n${tool}`) ?? []) : [];
    sets.push(formSet(root, [...shared, ...candidates], dialect, read));
  }
  return sets;
}

function candidateOf(path: string): Candidate {
  const name = baseName(path);
  const folder = folderOf(path);
  const plain: Candidate = { path, root: path, tool: 'plain', direction: 'up', id: path, dialect: undefined };
  if (!isMigrationPath(path)) return plain;
  const stem = name.slice(0, -4);
  if (/^(?:migration|up|down)$/i.test(stem)) {
    const direction = /^down$/i.test(stem) ? 'down' : 'up';
    const tool = /^migration$/i.test(stem) ? 'prisma' : 'diesel';
    return { path, root: folderOf(folder), tool, direction, id: baseName(folder), dialect: undefined };
  }
  const flyway = /^([VUR])(\d+(?:[._]\d+)*)?__(.+)$/.exec(stem);
  if (flyway !== null) {
    const version = flyway[1] === 'R' ? `R ${flyway[3] ?? ''}` : (flyway[2] ?? '').replaceAll('_', '.');
    return {
      path,
      root: folder,
      tool: 'flyway',
      direction: flyway[1] === 'U' ? 'down' : 'up',
      id: version,
      dialect: undefined,
    };
  }
  // A folder per version holds a part of its parent's set.
  const versioned = /^\d+(?:\.\d+)*$/.test(baseName(folder)) && folderOf(folder) !== '';
  const root = versioned ? folderOf(folder) : folder;
  const paired = /^(.*)\.(up|down|do|undo)$/i.exec(stem);
  const step = (versioned ? `${baseName(folder)}/` : '') + (paired?.[1] ?? stem).replace(/\.autocommit$/i, '');
  const suffix = dialectSuffix.exec(step);
  const dialect = suffix === null ? undefined : dialectOf(suffix[1] ?? '');
  if (paired !== null) {
    const direction = /^(?:down|undo)$/i.test(paired[2] ?? '') ? 'down' : 'up';
    return { path, root, tool: 'golang-migrate', direction, id: step, dialect };
  }
  // Nothing says when it runs, so it is no step of a set.
  if (!orderedName.test(name)) return plain;
  const undo = /^(.*)[-_.](?:down|rollback|revert|undo)$/i.exec(step);
  return {
    path,
    root,
    tool: undefined,
    direction: undo === null ? 'up' : 'down',
    id: undo?.[1] ?? step,
    dialect,
  };
}

function dialectOf(word: string): string {
  return /^(?:pg|postgres|postgresql)$/i.test(word) ? 'postgres' : word.toLowerCase();
}

function formSet(root: string, candidates: readonly Candidate[], dialect: string, read: ReadSideFile): MigrationSet {
  const journal = drizzleJournal(read(joined(root, 'meta/_journal.json')));
  const tool = toolOf(root, candidates, journal !== undefined, read);
  const byId = paired(candidates);
  const order = new Map((journal?.tags ?? []).map((tag, index) => [tag, index]));
  const ids = [...byId.keys()].sort((a, b) => {
    const byJournal = (order.get(a) ?? order.size) - (order.get(b) ?? order.size);
    if (byJournal !== 0) return byJournal;
    return tool === 'flyway'
      ? flywayVersion(a, b)
      : compareVersions(tool === 'diesel' ? dieselVersion(a) : a, tool === 'diesel' ? dieselVersion(b) : b);
  });
  const migrations = ids.map((id): Migration => {
    const found = byId.get(id) ?? {};
    return { id, up: found.up, down: found.down, outsideTransaction: saysOutside(tool, root, id, found.up, read) };
  });
  const lock = read(joined(root, 'migration_lock.toml'));
  const declared = dialect === '' ? (provider.exec(lock ?? '')?.[1] ?? journal?.dialect) : dialect;
  return { tool, root, migrations, declaredDialect: declared };
}

/** The files of one migration, as they are found. */
interface Pair {
  up?: string;
  down?: string;
}

/** Up and down files by id. A down file whose name differs from its up file's is paired by the number they begin with. */
function paired(candidates: readonly Candidate[]): Map<string, Pair> {
  const byId = new Map<string, Pair>();
  for (const candidate of candidates) if (candidate.direction === 'up') byId.set(candidate.id, { up: candidate.path });
  const byNumber = new Map<string, Pair[]>();
  for (const [id, pair] of byId) {
    const number = leadingNumber(id);
    if (number === '') continue;
    const found = byNumber.get(number);
    if (found === undefined) byNumber.set(number, [pair]);
    else found.push(pair);
  }
  for (const candidate of candidates) {
    if (candidate.direction === 'up') continue;
    const found = byId.get(candidate.id) ?? onlyOpen(byNumber.get(leadingNumber(candidate.id)));
    if (found === undefined) byId.set(candidate.id, { down: candidate.path });
    else found.down ??= candidate.path;
  }
  return byId;
}

/** The one pair without a down file; undefined where there are several. */
function onlyOpen(pairs: readonly Pair[] | undefined): Pair | undefined {
  const [first, ...others] = pairs?.filter((pair) => pair.down === undefined) ?? [];
  return others.length === 0 ? first : undefined;
}

/** Diesel orders by the version before the first underscore, its dashes taken out. */
function dieselVersion(id: string): string {
  const [version = '', ...rest] = id.split('_');
  return [version.replaceAll('-', ''), ...rest].join('_');
}

function toolOf(root: string, candidates: readonly Candidate[], journal: boolean, read: ReadSideFile): MigrationTool {
  const [first] = candidates;
  const named = first?.tool;
  if (named === 'plain' || named === 'flyway') return named;
  if (journal) return 'drizzle';
  if (named === 'prisma') {
    const snapshot = first === undefined ? undefined : read(joined(folderOf(first.path), 'snapshot.json'));
    return snapshot === undefined ? 'prisma' : 'drizzle';
  }
  if (named === 'diesel') return 'diesel';
  const crate = /\bsqlx\b/.test(read(joined(folderOf(root), 'Cargo.toml')) ?? '');
  if (crate) return 'sqlx';
  if (named !== undefined) return named;
  for (const candidate of candidates.slice(0, 2)) {
    const directives = sectionsOf(read(candidate.path) ?? '').tool;
    if (directives !== undefined) return directives;
  }
  if (/(?:^|\/)supabase\/migrations$/.test(root)) return 'supabase';
  return 'numbered';
}

function saysOutside(
  tool: MigrationTool,
  root: string,
  id: string,
  up: string | undefined,
  read: ReadSideFile,
): boolean {
  if (up === undefined || migrationTools[tool].outside === undefined) return false;
  // As pop spells it in the file's name.
  if (/\.autocommit\.(?:up|down)\.sql$/i.test(up)) return true;
  if (tool === 'diesel') return dieselOutside.test(read(joined(joined(root, id), 'metadata.toml')) ?? '');
  if (tool === 'flyway') return flywayOutside.test(read(`${up}.conf`) ?? '');
  return false;
}

interface Journal {
  readonly tags: readonly string[];
  readonly dialect: string | undefined;
}

function drizzleJournal(text: string | undefined): Journal | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as {
      readonly dialect?: unknown;
      readonly entries?: readonly { readonly idx?: unknown; readonly tag?: unknown }[];
    };
    const entries = Array.isArray(value.entries) ? [...value.entries] : [];
    entries.sort((a, b) => Number(a?.idx ?? 0) - Number(b?.idx ?? 0));
    const tags = entries.map((entry) => entry?.tag).filter((tag) => typeof tag === 'string');
    return { tags, dialect: typeof value.dialect === 'string' ? value.dialect : undefined };
  } catch {
    return { tags: [], dialect: undefined };
  }
}
