import ignore, { type Ignore } from 'ignore';
import type { Configuration } from '../core/configuration.ts';
import { configurationFile } from '../core/configuration.ts';
import type { NotAnalysed } from '../core/finding.ts';
import { type Recognised, recognise } from '../core/recognise.ts';
import type { WholeDialect } from '../core/whole.ts';
import { wholeDialects } from '../core/whole-dialects.ts';
import { byText, type Files, folderOf, joined, maxBytes, noSuchFile, tooLarge } from './ports.ts';

/** A document that may be judged; its text has not been kept. */
export type FoundDocument =
  | { readonly file: string; readonly dialect: 'openapi'; readonly version: string }
  | { readonly file: string; readonly dialect: 'sql' }
  /** A task file or a hand-off file. */
  | { readonly file: string; readonly dialect: WholeDialect['id'] };

export interface Discovered {
  /** By file. */
  readonly documents: readonly FoundDocument[];
  /** By file. */
  readonly notAnalysed: readonly NotAnalysed[];
}

export interface Discovery {
  readonly files: Files;
  readonly configuration: Configuration;
  /** Whether an `.sql` file is a migration, by its path. */
  readonly isMigrationPath: (path: string) => boolean;
  /** Where to begin; the root where nothing is said. */
  readonly from?: string;
  readonly progress?: (folders: number, candidates: number) => void;
}

/** Folders that hold what others wrote or what was made from the sources. */
const leftOut = new Set(
  [
    ['node_modules', 'bower_components', 'jspm_packages', 'vendor', '.yarn', '.pnpm-store'],
    ['.git', '.hg', '.svn', '.idea', '.vscode-test', '.backend-architect'],
    ['dist', 'build', 'out', 'target', 'bin', 'obj', '.next', '.nuxt', '.output', '.svelte-kit', '.turbo', '.cache'],
    ['.parcel-cache', '.gradle', '.terraform', '.serverless', 'coverage', '.nyc_output'],
    ['.venv', 'venv', '__pycache__', '.tox', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.eggs'],
  ].flat(),
);

/** Folders of what tests are fed with, wrong on purpose as often as not. Only a project that spells one of them out in `include` has it judged. */
const testData = new Set(['testdata', 'fixtures', '__fixtures__', 'stub', 'stubs', '__mocks__']);

/** Whether discovery enters no folder of that name. */
function isLeftOut(name: string, configuration: Configuration): boolean {
  return leftOut.has(name) || (testData.has(name) && !configuration.namedFolders.has(name));
}

/** Large or frequent files that are never OpenAPI documents. */
const knownNames = new Set([
  configurationFile,
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'composer.json',
  'tsconfig.json',
]);

/** In bytes: enough to tell nearly every document by. */
const headBytes = 65_536;
const readersAtOnce = 16;

/**
 * Finds the documents under a folder: OpenAPI by the root keys of YAML and JSON files, migrations by their paths. It honours `.gitignore` files at every
 * level and the configuration's `include` and `exclude`, leaves out what others wrote (node_modules, vendor), what was built and what tests are fed with, and follows no links.
 */
export async function discover(discovery: Discovery): Promise<Discovered> {
  const { candidates, unread } = await walk(discovery);
  const documents: FoundDocument[] = await wholeDocuments(discovery);
  const whole = new Set(documents.map(({ file }) => file));
  const notAnalysed: NotAnalysed[] = unread.map((folder) => ({ file: nameOf(folder), reason: unlisted }));
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let file = candidates[next++]; file !== undefined; file = candidates[next++]) {
      if (whole.has(file)) continue;
      const result = await look(discovery, file);
      if (result === undefined) continue;
      if ('reason' in result) notAnalysed.push(result);
      else documents.push(result);
    }
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
  documents.sort((a, b) => byText(a.file, b.file));
  notAnalysed.sort((a, b) => byText(a.file, b.file));
  return { documents, notAnalysed };
}

/** The documents that stand where the project says they do. */
async function wholeDocuments({ files, configuration, from = '' }: Discovery): Promise<FoundDocument[]> {
  const found: FoundDocument[] = [];
  for (const { id, place } of wholeDialects) {
    const file = place(configuration);
    if (file === undefined || !(from === '' || file.startsWith(`${from}/`)) || !configuration.includes(file)) continue;
    if ((await files.kind(file)) === 'file') found.push({ file, dialect: id });
  }
  return found;
}

const unlisted = 'This folder cannot be listed, so nothing in it was checked. Allow reading it, or `exclude` it.';

/** What a folder is called where it is spoken of. */
export function nameOf(folder: string): string {
  return folder === '' ? '.' : folder;
}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

interface Folder {
  readonly path: string;
  /** The `.gitignore` files that hold here, the innermost last. */
  readonly ignores: readonly IgnoreFile[];
}

/** Files of a project beyond this number are not listed. */
const mostFiles = 200_000;

/**
 * Every file of a project, in order, without what `.gitignore` files, others' folders and build folders leave out: what evidence can rest on. Links are
 * not followed.
 */
export async function projectFiles(files: Files): Promise<readonly string[]> {
  const { candidates } = await walkBy(files, { isLeftOut: (name) => leftOut.has(name), isWanted: () => true });
  return candidates;
}

function walk({
  files,
  configuration,
  isMigrationPath,
  from = '',
  progress,
}: Discovery): Promise<{ readonly candidates: readonly string[]; readonly unread: readonly string[] }> {
  return walkBy(files, {
    from,
    progress,
    isLeftOut: (name) => isLeftOut(name, configuration),
    isWanted: (name, path) => isCandidate(name, path, isMigrationPath),
    includes: (path) => configuration.includes(path),
    excludes: (path) => configuration.excludes(path),
  });
}

interface Walk {
  readonly from?: string;
  readonly progress?: Discovery['progress'] | undefined;
  isLeftOut(folder: string): boolean;
  isWanted(name: string, path: string): boolean;
  includes?(path: string): boolean;
  excludes?(path: string): boolean;
}

async function walkBy(
  files: Files,
  { from = '', progress, isLeftOut, isWanted, includes = () => true, excludes = () => false }: Walk,
): Promise<{ readonly candidates: readonly string[]; readonly unread: readonly string[] }> {
  const candidates: string[] = [];
  const unread: string[] = [];
  const above = await ignoresAbove(files, from);
  // Whoever names a folder that git ignores wants it checked.
  const open: Folder[] = [{ path: from, ignores: isFolderIgnored(above, from) ? [] : above }];
  let folders = 0;
  for (let folder = open.pop(); folder; folder = open.pop()) {
    const entries = await files.list(folder.path);
    folders++;
    if (!entries) {
      if (folder.path === from || !excludes(folder.path)) unread.push(folder.path);
      continue;
    }
    let { ignores } = folder;
    if (entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file')) {
      const own = await ignoreFile(files, folder.path);
      if (own) ignores = [...ignores, own];
    }
    for (const { name, kind } of entries) {
      const path = joined(folder.path, name);
      if (kind === 'folder') {
        if (!isLeftOut(name) && !isIgnored(ignores, `${path}/`)) open.push({ path, ignores });
      } else if (kind === 'file' && isWanted(name, path)) {
        if (!isIgnored(ignores, path) && includes(path)) candidates.push(path);
      }
    }
    if (candidates.length > mostFiles) break;
    progress?.(folders, candidates.length);
  }
  return { candidates: candidates.sort(byText), unread };
}

function isCandidate(name: string, path: string, isMigrationPath: (path: string) => boolean): boolean {
  if (/\.sql$/i.test(name)) return isMigrationPath(path);
  return /\.(?:ya?ml|json)$/i.test(name) && !knownNames.has(name);
}

/** The `.gitignore` files between the root and the folder where the walk begins. */
async function ignoresAbove(files: Files, from: string): Promise<readonly IgnoreFile[]> {
  const found: IgnoreFile[] = [];
  if (from === '' || from.startsWith('..')) return found;
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const own = await ignoreFile(files, folder);
    if (own) found.unshift(own);
    if (folder === '') return found;
  }
}

async function ignoreFile(files: Files, folder: string): Promise<IgnoreFile | undefined> {
  const read = await files.read(joined(folder, '.gitignore'));
  if (!('text' in read)) return undefined;
  return { folder, rules: ignore({ ignorecase: false }).add(read.text.replace(/^\uFEFF/, '')) };
}

/** As git does it: the innermost file that speaks of the path has the last word. */
function isIgnored(ignores: readonly IgnoreFile[], path: string): boolean {
  for (let i = ignores.length - 1; i >= 0; i--) {
    const own = ignores[i];
    if (!own) continue;
    const inside = own.folder === '' ? path : path.slice(own.folder.length + 1);
    if (!ignore.isPathValid(inside)) continue;
    const { ignored, unignored } = own.rules.test(inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function look({ files }: Discovery, file: string): Promise<FoundDocument | NotAnalysed | undefined> {
  if (/\.sql$/i.test(file)) return { file, dialect: 'sql' };
  /** A file of this name is meant to be one: silence about it would mislead. */
  const speaks = /(?:^|\/)(?:openapi|swagger)\.(?:ya?ml|json)$/i.test(file);
  const head = await files.head(file, headBytes);
  // Nobody knows what stands in a file that cannot be read; one that has gone meanwhile holds nothing.
  if ('problem' in head) return speaks || head.problem !== noSuchFile ? { file, reason: head.problem } : undefined;
  const found = (recognised: Recognised): FoundDocument => ({ file, dialect: 'openapi', version: recognised.version });
  const first = recognise(legible(head.text), head.complete);
  if (first === undefined && !speaks) return undefined;
  if (head.size > maxBytes) return { file, reason: tooLarge(head.size) };
  if (typeof first === 'object' && !head.text.includes('\0')) return found(first);
  const whole = await files.read(file);
  if ('problem' in whole) return { file, reason: whole.problem };
  const answer = recognise(whole.text, true);
  if (typeof answer === 'object') return found(answer);
  return speaks ? { file, reason: noOpenApi(whole.text) } : undefined;
}

/** What can be made out of text in UTF-16, or with NUL characters in it: enough to say what it would have been. */
function legible(text: string): string {
  return text.includes('\0') ? text.replace(/^\uFFFD+/, '').replaceAll('\0', '') : text;
}

/** Why a text is no OpenAPI document, and what would make it one. */
export function noOpenApi(text: string): string {
  if (text.replace('\uFEFF', '').trim() === '')
    return 'It is empty. An OpenAPI document begins with its version, for example `openapi: 3.1.0`.';
  return 'It has no `openapi` with a version among its root keys, for example `openapi: 3.1.0`.';
}

/** Why discovery would pass a file by, in one sentence; undefined where it would look at it. */
export async function passedBy(files: Files, file: string, configuration: Configuration): Promise<string | undefined> {
  const parent = folderOf(file);
  const folders = parent === '' ? [] : parent.split('/');
  const foreign = folders.find((name) => isLeftOut(name, configuration));
  if (foreign !== undefined) return `It lies in ${foreign}, which is left out`;
  const own = await ignoreFile(files, parent);
  const ignores = [...(await ignoresAbove(files, parent)), ...(own ? [own] : [])];
  return isIgnored(ignores, file) || isFolderIgnored(ignores, parent) ? 'A .gitignore leaves it out' : undefined;
}

/** Whether the folder, or one it lies in, is ignored. */
function isFolderIgnored(ignores: readonly IgnoreFile[], folder: string): boolean {
  if (ignores.length === 0 || folder === '') return false;
  const names = folder.split('/');
  return names.some((_, i) => isIgnored(ignores, `${names.slice(0, i + 1).join('/')}/`));
}
