import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Page } from 'playwright-core';
import { temporaryFolder } from '../harness/lifetime.ts';
import { cacheFolder, runCommand as runTool } from '../harness/staging.ts';
import { screenshot } from '../harness/verbs.ts';
import { hostVersions, type HostVersion } from '../harness/vscode-host.ts';
import { type EditorOptions, openWorkbench } from '../harness/workbench.ts';

export const root = resolve(import.meta.dirname, '../..');
export const specification = 'docs/living/API_Spec.yaml';
/** Where pictures for people go; git-ignored. */
export const pictures = join(cacheFolder, 'screenshots');

/** One workbench with the packaged extension installed, on a folder of its own. */
export interface Session {
  readonly page: Page;
  readonly version: HostVersion;
  /** The folder of the workspace. */
  readonly folder: string;
  /** What a file of the workspace holds on the disk now. */
  read(path: string): Promise<string>;
  /** Saves the active editor and returns what the disk holds then. */
  save(path: string): Promise<string>;
}

export interface SessionOptions extends Pick<EditorOptions, 'settings' | 'untrusted'> {
  /** Files to write into the copy of the sample before it is opened. */
  readonly files?: Readonly<Record<string, string>>;
  /** A file of the workspace to open in place of its folder. */
  readonly open?: string;
  /** What is done in the folder before it is opened. */
  readonly prepare?: (folder: string) => void;
  /** In the newest VS Code only. */
  readonly newest?: boolean;
  /** An empty folder in place of a copy of the sample. */
  readonly bare?: boolean;
}

/** What is typed is what stands there: the editor adds neither words that lie about nor indentation. */
const typingSettings = {
  'editor.wordBasedSuggestions': 'off',
  'editor.autoIndent': 'none',
  // YAML has a default of its own, which goes before the setting for all languages.
  '[yaml]': { 'editor.autoIndent': 'none' },
};

/** What the editor complains of without us: no GitHub account in its server build, its own npm extension slow on a busy machine. */
const editorsOwn =
  /Timed out waiting for authentication provider 'github' to register|Timed out getting tasks from +npm/;

/**
 * Declares a test for every VS Code version. Each gets a workbench of its own, and fails when the workbench showed a notification or
 * reported an error, whatever the test itself looked at.
 */
export function journey(title: string, options: SessionOptions, walk: (session: Session) => Promise<void>): void {
  for (const version of options.newest === true ? hostVersions.slice(-1) : hostVersions) {
    it(`${title} (VS Code ${version})`, async function () {
      this.timeout(120_000);
      // A menu of the workbench sometimes swallows a click on a busy machine. What fails is told with its picture, and walked once more from the start.
      this.retries(1);
      await runJourney(`${title} ${version}`, version, options, walk);
    });
  }
}

async function runJourney(
  name: string,
  version: HostVersion,
  options: SessionOptions,
  walk: (session: Session) => Promise<void>,
): Promise<void> {
  const temporary = temporaryFolder('e2e');
  const folder = join(temporary.path, 'shop');
  await mkdir(folder);
  if (options.bare !== true) await cp(join(root, 'test/sample'), folder, { recursive: true });
  for (const [path, text] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  options.prepare?.(folder);
  const { page, pageErrors, close } = await openWorkbench({
    version,
    folder: options.open === undefined ? folder : join(folder, options.open),
    extensions: [await packagedExtension()],
    settings: { ...typingSettings, ...options.settings },
    ...(options.untrusted === undefined ? {} : { untrusted: options.untrusted }),
  });
  try {
    page.setDefaultTimeout(20_000);
    await page.evaluate(watchNotifications);
    await walk(sessionOn(page, version, folder));
    assert.deepEqual(await page.evaluate('globalThis.shownNotifications'), [], 'notifications nobody asked for');
    const errors = pageErrors().filter((error) => !editorsOwn.test(error));
    assert.deepEqual(errors, [], 'errors of the page, broken content security policies among them');
  } catch (error) {
    const picture = join(pictures, 'failed', `${name.replaceAll(/[^\w.]+/g, '-')}.png`);
    await screenshot(page, picture).then(
      () => console.error(`The workbench as it was: ${picture}`),
      () => undefined,
    );
    throw error;
  } finally {
    await close();
    temporary.remove();
  }
}

function sessionOn(page: Page, version: HostVersion, folder: string): Session {
  const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
  return {
    page,
    version,
    folder,
    read,
    save: async (path) => {
      await page.keyboard.press('Control+S');
      await page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
      return read(path);
    },
  };
}

/** Text, because it runs in the page. A notification is remembered although it goes away by itself. */
export const watchNotifications = `{
  const shown = globalThis.shownNotifications = [];
  const seen = new WeakSet();
  const look = () => {
    for (const toast of document.querySelectorAll('.notification-toast')) {
      if (seen.has(toast)) continue;
      seen.add(toast);
      shown.push(toast.textContent);
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
}`;

let built: Promise<string> | undefined;

/** The packaged extension: the one that $BACKEND_ARCHITECT_VSIX names, or one built now, once. */
function packagedExtension(): Promise<string> {
  built ??= findOrBuild();
  return built;
}

async function findOrBuild(): Promise<string> {
  const given = process.env['BACKEND_ARCHITECT_VSIX'];
  if (given !== undefined && given !== '') {
    assert.ok(existsSync(given), `BACKEND_ARCHITECT_VSIX=${given} is not there`);
    return resolve(given);
  }
  const file = join(temporaryFolder('vsix').path, 'backend-architect.vsix');
  await runTool(process.execPath, ['scripts/package.ts', file], root, process.env);
  return file;
}

/** The process ids of the language servers that run under this process. */
export async function serverProcesses(): Promise<number[]> {
  const { stdout } = await listProcesses();
  const processes = stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) => (found ? [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] ?? '' }] : []));
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === process.pid || isOurs(parents.get(pid)));
  return processes.filter(({ pid, command }) => /dist.server\.cjs/.test(command) && isOurs(pid)).map(({ pid }) => pid);
}

async function listProcesses(): Promise<{ stdout: string }> {
  return { stdout: await runTool('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], root) };
}
