import { dirname, relative, resolve, sep } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { configurationFile } from '../core/configuration.ts';
import type { Rule } from '../core/rule.ts';
import { isMigrationPath } from '../core/sql/migrations.ts';
import type { LineIndex } from '../core/text.ts';
import { systemClock } from '../platform/clock.ts';
import { filesUnder } from '../platform/files.ts';
import { liveHashes } from './live-hashes.ts';
import { readNow } from '../platform/read-now.ts';
import { discover, type Discovered, passedBy } from '../workflow/discover.ts';
import { liveProject, type LiveProject, type LiveText } from '../workflow/live.ts';
import { type Files, leadsOut } from '../workflow/ports.ts';
import type { Folder, OpenText } from './thread.ts';

/** A folder's live project, or one for documents that lie in no folder. */
export interface Project {
  readonly kind: 'folder' | 'loose' | 'untitled';
  readonly live: LiveProject;
  fileOf(uri: string): string;
  uriOf(file: string): string;
  /** Finds the documents on disk. Of calls that come while it looks, one more look is made. */
  discover(): Promise<void>;
  /** Discovery has been asked for before. */
  readonly discovered: boolean;
  /** Finds out why the file is left out, if it is; the live project goes by it. */
  lookAt(file: string): Promise<void>;
  /** A .gitignore changed. */
  forgetLooks(): void;
}

/** The project of a workspace folder. */
export interface FolderProject extends Project {
  readonly root: string;
  readonly files: Files;
  /** SHA-256 of a file as it is now: of the editor's text where that differs from what is on disk. */
  sha256(file: string): string | undefined;
  /** These files changed on disk. */
  forgetHashes(files: readonly string[]): void;
  /** The documents that discovery found. */
  found(): readonly string[];
}

/** All projects of the window. */
export interface Projects {
  of(uri: string): Project;
  readonly all: readonly Project[];
  /** Those of the workspace folders, by URI. */
  readonly folders: readonly { readonly uri: string; readonly project: FolderProject }[];
  /** Folders came or went. Projects of folders that stay are kept. */
  setFolders(folders: readonly Folder[]): void;
}

const extensions: Readonly<Record<string, string>> = { sql: 'sql', yaml: 'yaml', json: 'json', jsonc: 'json' };

/** The name under which an untitled document is judged: its language says what it is. */
function untitledName(uri: string, languageId: string): string {
  const name = URI.parse(uri).path.split('/').at(-1) ?? 'untitled';
  const extension = extensions[languageId];
  return extension === undefined || name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}

export function createProjects(rules: readonly Rule[]): Projects {
  const folders = new Map<string, FolderProject>();
  const loose = new Map<string, Project>();
  const untitled = untitledProject(rules);
  /** Of folders, for documents that have their place in one and are no files yet. */
  const unsaved = new Map<Project, Project>();
  const roots = new Map<Project, string>();
  const of = (uri: string): Project => {
    const path = URI.parse(uri).fsPath;
    let best: FolderProject | undefined;
    let longest = -1;
    for (const project of folders.values()) {
      const root = roots.get(project) ?? '';
      if (root.length > longest && isInside(root, path)) {
        best = project;
        longest = root.length;
      }
    }
    if (!uri.startsWith('file:')) {
      if (!best) return untitled;
      let own = unsaved.get(best);
      if (!own) unsaved.set(best, (own = untitledProject(rules, best)));
      return own;
    }
    if (best) return best;
    const folder = dirname(path);
    let own = loose.get(folder);
    if (!own) loose.set(folder, (own = folderProject('loose', folder, rules)));
    return own;
  };
  return {
    of,
    get all() {
      return [...folders.values(), ...loose.values(), untitled, ...unsaved.values()];
    },
    get folders() {
      return [...folders].map(([uri, project]) => ({ uri, project }));
    },
    setFolders: (wanted) => {
      const kept = new Set(wanted.map(({ uri }) => uri));
      for (const [uri, project] of folders) {
        if (kept.has(uri)) continue;
        folders.delete(uri);
        unsaved.delete(project);
      }
      for (const { uri, path } of wanted) {
        if (folders.has(uri)) continue;
        const project = folderProject('folder', path, rules);
        roots.set(project, path);
        folders.set(uri, project);
      }
    },
  };
}

function isInside(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && resolve(root, inside) === resolve(path);
}

function folderProject(kind: 'folder' | 'loose', root: string, rules: readonly Rule[]): FolderProject {
  const files = filesUnder(root);
  const looks = new Map<string, string | undefined>();
  const spelled = new Map<string, string>();
  let looking: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  let discovered = false;
  let found: readonly string[] = [];
  const live = liveProject({
    rules,
    read: (file) => {
      const read = readNow(resolve(root, file));
      // It is quoted in findings: what lies elsewhere must not be.
      const isOut = file === configurationFile && read && 'text' in read && files.readTarget(file) === undefined;
      return isOut ? { problem: leadsOut } : read;
    },
    readTarget: (file) => files.readTarget(file),
    kind: (file) => files.kindNow(file),
    sha256: (file) => files.sha256Now(file),
    leftOut: (file) => looks.get(file),
    today: () => systemClock.today(),
    plainSqlToo: kind === 'loose',
  });
  const look = async (): Promise<void> => {
    discovered = true;
    const { documents, notAnalysed } =
      kind === 'folder'
        ? await discover({ files, configuration: live.configuration, isMigrationPath })
        : await besides();
    found = documents.map(({ file }) => file);
    live.discovered(found, notAnalysed);
  };
  /** Around a file that was opened alone, only its own folder is looked at: it may be somebody's home. */
  const besides = async (): Promise<Discovered> => {
    const entries = (await files.list('')) ?? [];
    const sql = entries.filter(({ name, kind: what }) => what === 'file' && isMigrationPath(name));
    return { documents: sql.map(({ name }) => ({ file: name, dialect: 'sql' as const })), notAnalysed: [] };
  };
  return {
    kind,
    live,
    root,
    files,
    ...liveHashes(root, files, live),
    found: () => found,
    fileOf: (uri) => {
      const file = relative(root, URI.parse(uri).fsPath).split(sep).join('/');
      // The client's own spelling is kept: it is what it finds the document again by.
      spelled.set(file, uri);
      return file;
    },
    uriOf: (file) => spelled.get(file) ?? URI.file(resolve(root, file)).toString(),
    get discovered() {
      return discovered;
    },
    discover: () => {
      if (!looking) {
        looking = look().finally(() => {
          looking = undefined;
        });
        return looking;
      }
      again ??= looking.then(() => {
        again = undefined;
        return look();
      });
      return again;
    },
    lookAt: async (file) => {
      if (!looks.has(file))
        looks.set(file, kind === 'folder' ? await passedBy(files, file, live.configuration) : undefined);
    },
    forgetLooks: () => looks.clear(),
  };
}

/** For documents that are no files yet: on their own, or with the folder in which they will be saved around them. */
function untitledProject(rules: readonly Rule[], folder?: FolderProject): Project {
  const names = new Map<string, string>();
  const uris = new Map<string, string>();
  const placed = (uri: string, name: string): string =>
    folder
      ? relative(folder.root, resolve(dirname(URI.parse(uri).fsPath), name))
          .split(sep)
          .join('/')
      : name;
  const live = liveProject({
    rules,
    // The folder's own project judges its configuration.
    read: (file) => (folder && file !== configurationFile ? readNow(resolve(folder.root, file)) : undefined),
    // Where it will be saved is not known, and so not what its references lead to.
    readTarget: (file) => (folder ? folder.files.readTarget(file) : ''),
    kind: (file) => folder?.files.kindNow(file),
    sha256: (file) => folder?.sha256(file),
    leftOut: () => undefined,
    today: () => systemClock.today(),
    plainSqlToo: true,
  });
  return {
    kind: 'untitled',
    live,
    fileOf: (uri) => {
      const [address = uri, languageId = ''] = uri.split('\n');
      const known = languageId === '' ? names.get(address) : undefined;
      const name = known ?? placed(address, untitledName(address, languageId));
      names.set(address, name);
      uris.set(name, address);
      return name;
    },
    uriOf: (file) => uris.get(file) ?? `untitled:${file}`,
    discovered: true,
    discover: async () => undefined,
    lookAt: async () => undefined,
    forgetLooks: () => undefined,
  };
}

/** An open document with both ways to ask it for places. */
export interface OpenDocument {
  readonly project: Project;
  readonly file: string;
  readonly document: TextDocument;
}

export function openDocument(projects: Projects, { uri, languageId, version, text }: OpenText): OpenDocument {
  const project = projects.of(uri);
  const file = project.fileOf(project.kind === 'untitled' ? `${uri}\n${languageId}` : uri);
  return { project, file, document: TextDocument.create(uri, languageId, version, text) };
}

/** The document as the live project takes it. */
export function liveText({ file, document }: OpenDocument): LiveText {
  return { file, version: document.version, text: document.getText(), lines: linesOf(document) };
}

/** Asks the document itself: it knows its lines from edit to edit. What it answers holds until the next change, and so does every analysis. */
function linesOf(document: TextDocument): LineIndex {
  return {
    get lineCount() {
      return document.lineCount;
    },
    position: (offset) => document.positionAt(offset),
    offset: (position) => document.offsetAt(position),
    lineStart: (line) => document.offsetAt({ line, character: 0 }),
    range: ({ start, end }) => ({ start: document.positionAt(start), end: document.positionAt(end) }),
  };
}
