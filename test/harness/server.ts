import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAtExit, temporaryFolder } from './lifetime.ts';
import { runCommand } from './staging.ts';
import { type InstalledHost } from './vscode-host.ts';

/** How to start a VS Code server. Folders that are not given are temporary. */
export interface ServerOptions {
  readonly host: InstalledHost;
  /** Packaged extensions (.vsix) to install first. */
  readonly vsix?: readonly string[];
  /** Folders of unpackaged extensions, to be treated as installed ones. */
  readonly linked?: readonly string[];
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine on top of those: what neither a workspace nor the user of a remote window may set. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  /** Start in Restricted Mode instead of trusting every folder. */
  readonly untrusted?: boolean;
  /** Added to the environment of the server and so of the extension host. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

/** A VS Code server on 127.0.0.1. Without its token it answers nobody. */
export interface RunningServer {
  /** Host and port, as resources of the workbench name them. */
  readonly authority: string;
  /** Everything the server printed so far. */
  readonly log: () => string;
  /** The address that opens `folder` (or a .code-workspace file, or nothing) in a browser. Carries the token. */
  readonly address: (folder: string | undefined) => string;
  /** Everything it writes lies below: settings, states, logs, temporary files. */
  readonly folder: string;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Kills the server with everything it started and removes its temporary folders. */
  readonly stop: () => Promise<void>;
}

/** Settings that keep a fresh VS Code from showing anything that was not asked for. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.openRepositoryInParentFolders': 'never',
  'editor.minimap.enabled': false,
  // A web workbench saves by itself unless told not to, a desktop one does not.
  'files.autoSave': 'off',
  'security.workspace.trust.startupPrompt': 'never',
};

/** No marketplace: otherwise the server would ask open-vsx.org. */
const noGallery = JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '', controlUrl: '' });

/** Loaded into the server: when the process that started it is gone, even by SIGKILL, it goes too, with its whole group. */
const lifeline =
  'data:text/javascript,process.execArgv.length=0;process.stdin.on("close",()=>process.kill(-process.pid,"SIGKILL")).resume()';

const startDeadline = 60_000;

/** Starts a VS Code server and waits until it accepts connections. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host } = options;
  const temporary = temporaryFolder('host');
  try {
    const folders = {
      temporary: join(temporary.path, 'tmp'),
      data: join(temporary.path, 'server'),
      user: options.userDataDir ?? join(temporary.path, 'user'),
      extensions: options.extensionsDir ?? join(temporary.path, 'extensions'),
    };
    await prepare(folders, options);
    // In a file, not an argument: every user of the machine can read arguments.
    const token = randomBytes(24).toString('hex');
    const tokenFile = join(temporary.path, 'token');
    await writeFile(tokenFile, token, { mode: 0o600 });
    const listen = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token-file', tokenFile];
    const consent = ['--accept-server-license-terms', '--telemetry-level', 'off', '--log', 'info'];
    const trust = options.untrusted === true ? [] : ['--disable-workspace-trust'];
    const child = spawn(
      host.node,
      ['--import', lifeline, 'out/server-main.js', ...listen, ...consent, ...trust, ...directoryArguments(folders)],
      { cwd: host.root, env: { ...serverEnvironment(folders), ...options.env }, detached: true, stdio: 'pipe' },
    );
    return await whenListening(child, token, temporary);
  } catch (error) {
    temporary.remove();
    throw error;
  }
}

interface Folders {
  /** What the server and its children would otherwise leave in the system's temporary folder, sockets above all. */
  readonly temporary: string;
  readonly data: string;
  readonly user: string;
  readonly extensions: string;
}

function directoryArguments(folders: Folders): string[] {
  return ['--server-data-dir', folders.data, '--user-data-dir', folders.user, '--extensions-dir', folders.extensions];
}

async function prepare(
  folders: Folders,
  { host, vsix = [], linked = [], settings, machineSettings }: ServerOptions,
): Promise<void> {
  await mkdir(join(folders.user, 'User'), { recursive: true });
  await mkdir(folders.extensions, { recursive: true });
  await mkdir(folders.temporary, { recursive: true });
  const settingsFile = join(folders.user, 'User', 'settings.json');
  if (!existsSync(settingsFile))
    await writeFile(settingsFile, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  if (machineSettings) {
    await mkdir(join(folders.user, 'Machine'), { recursive: true });
    await writeFile(join(folders.user, 'Machine', 'settings.json'), JSON.stringify(machineSettings));
  }
  for (const [index, folder] of linked.entries())
    await symlink(folder, join(folders.extensions, `linked-${index}`), 'dir');
  for (const file of vsix) {
    if (!existsSync(file)) throw new Error(`There is no packaged extension ${file}`);
    await runCommand(
      host.node,
      [
        'out/server-main.js',
        '--install-extension',
        file,
        '--force',
        '--accept-server-license-terms',
        ...directoryArguments(folders),
      ],
      host.root,
      serverEnvironment(folders),
    );
  }
}

/** Without what a surrounding VS Code or npm would push into the server. */
function serverEnvironment({ temporary }: Folders): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|XDG_RUNTIME_DIR$)/i;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(inherited), TMPDIR: temporary, EXTENSIONS_GALLERY: noGallery };
}

async function whenListening(
  child: ChildProcess,
  token: string,
  temporary: { readonly path: string; readonly remove: () => void },
): Promise<RunningServer> {
  let log = '';
  const killGroup = closeAtExit(() => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The whole group has ended already.
    }
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      log += `${error.message}\n`;
      resolve();
    });
    child.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    killGroup();
    await ended;
    temporary.remove();
  };
  const port = new Promise<string | undefined>((resolve) => {
    const listen = (chunk: Buffer): void => {
      log += chunk.toString();
      const found = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    void ended.then(() => resolve(undefined));
    setTimeout(() => resolve(undefined), startDeadline).unref();
  });
  const found = await port;
  if (found === undefined) {
    await stop();
    throw new Error(`The VS Code server did not start:\n${log}`);
  }
  const authority = `127.0.0.1:${found}`;
  const address = (folder: string | undefined): string => addressOf(authority, token, folder);
  return { authority, log: () => log, address, folder: temporary.path, ended, stop };
}

function addressOf(authority: string, token: string, folder: string | undefined): string {
  const url = new URL(`http://${authority}/`);
  url.searchParams.set('tkn', token);
  if (folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
