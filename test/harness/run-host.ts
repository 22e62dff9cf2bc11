import { existsSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';
import { temporaryFolder } from './lifetime.ts';
import { failureOf } from './result.ts';
import { type HostVersion } from './vscode-host.ts';

/** A run of suites inside VS Code. */
export interface HostRun {
  /** Which VS Code, unless $VSCODE_EXECUTABLE or `executable` names one. */
  readonly version: HostVersion;
  readonly executable?: string;
  /** The folder, or the .code-workspace file, to open. Its folder is copied first, so that tests may change it. */
  readonly workspace: string;
  /** Folder of the extension under test. */
  readonly extension: string;
  /** The bundle whose `run()` runs the suites: see {@link bundleSuites}. */
  readonly suite: string;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Where the report goes; the standard output by default. */
  readonly output?: NodeJS.WritableStream;
}

/** How a run of suites ended. 0 is the only good code, and means that tests ran and all passed. */
export interface HostOutcome {
  readonly code: number;
  readonly failure: string | undefined;
}

/**
 * Runs a bundle of suites in VS Code. $VSCODE_EXECUTABLE names a desktop VS Code to use, VSCODE_DOWNLOAD=1 lets
 * @vscode/test-electron download one; otherwise the server build from npm is used.
 */
export async function runHostSuites(options: HostRun): Promise<HostOutcome> {
  const temporary = temporaryFolder('suites');
  const result = join(temporary.path, 'result.json');
  const workspace = join(temporary.path, 'workspace');
  try {
    const isFile = options.workspace.endsWith('.code-workspace');
    await cp(isFile ? dirname(options.workspace) : options.workspace, workspace, { recursive: true });
    const opened = isFile ? join(workspace, basename(options.workspace)) : workspace;
    const code = await exitCode(options, opened, temporary.path, result);
    const failure = failureOf(existsSync(result) ? readFileSync(result, 'utf8') : undefined);
    if (code !== 0) return { code, failure: failure ?? `VS Code ended with ${code}` };
    // A desktop VS Code, too, can end with 0 without having run a test.
    return failure === undefined ? { code, failure } : { code: 1, failure };
  } finally {
    temporary.remove();
  }
}

async function exitCode(options: HostRun, workspace: string, temporary: string, result: string): Promise<number> {
  const { VSCODE_EXECUTABLE: wanted = '', VSCODE_DOWNLOAD: download } = process.env;
  const desktop = options.executable ?? (wanted === '' ? undefined : wanted);
  const fromNpm = desktop === undefined && download !== '1';
  const executable = fromNpm ? fileURLToPath(new URL('host.mjs', import.meta.url)) : desktop;
  try {
    return await runTests({
      ...(executable === undefined ? { version: options.version } : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: options.extension,
      extensionTestsPath: options.suite,
      launchArgs: [
        workspace,
        `--user-data-dir=${join(temporary, 'user')}`,
        `--extensions-dir=${join(temporary, 'extensions')}`,
        '--disable-extensions',
      ],
      extensionTestsEnv: { ...options.env, TEST_RESULT: result, ...(fromNpm ? launcherEnvironment(options) : {}) },
      ...(options.output === undefined ? {} : { stdout: options.output, stderr: options.output }),
    });
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  }
}

function launcherEnvironment({ version, timeoutMs }: HostRun): Record<string, string> {
  return {
    // The launcher asks for `node`, and must get this one.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    VSCODE_HOST_VERSION: version,
    VSCODE_HOST_LIFELINE: '1',
    ...(timeoutMs === undefined ? {} : { VSCODE_HOST_TIMEOUT: String(timeoutMs) }),
  };
}

/** Bundles test files into one CommonJS file with a `run()`: an extension host loads neither TypeScript nor ES modules. */
export async function bundleSuites(files: readonly string[], outfile: string): Promise<void> {
  const suite = fileURLToPath(new URL('suite.ts', import.meta.url));
  const imports = files.map((file) => `await import(${JSON.stringify(file)});`).join('\n');
  await build({
    stdin: {
      contents: `import { runSuites } from ${JSON.stringify(suite)};\nexport const run = () => runSuites(async () => {\n${imports}\n});\n`,
      resolveDir: dirname(suite),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'error',
  });
}
