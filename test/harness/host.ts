import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { type Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { injectDevelopment } from './development.ts';
import { closeAtExit, temporaryFolder } from './lifetime.ts';
import { failureOf } from './result.ts';
import { startServer, type RunningServer } from './server.ts';
import { hostVersions, installHost, type HostVersion } from './vscode-host.ts';

/** Exit codes of a run. 1 is a suite that failed. */
const exitCodes = { passed: 0, failed: 1, usage: 64, noProof: 73, hostDied: 75, timedOut: 124 } as const;

const defaultTimeout = 300_000;

/** The arguments of VS Code's own command line that a test run uses; others are ignored. */
interface HostArguments {
  readonly folder: string | undefined;
  readonly testsPath: string;
  readonly extensions: readonly string[];
  readonly userDataDir: string | undefined;
  readonly extensionsDir: string | undefined;
}

/**
 * Behaves as a desktop VS Code that was started with `--extensionTestsPath`: runs the suite in a real extension host, prints its report and
 * returns the exit code. Environment: VSCODE_HOST_VERSION, VSCODE_HOST_TIMEOUT (ms), VSCODE_HOST_LOG=1, TEST_RESULT, and
 * VSCODE_HOST_LIFELINE=1 (end when stdin does).
 */
export async function runAsExecutable(argv: readonly string[]): Promise<number> {
  const args = parseArguments(argv);
  const wanted = process.env['VSCODE_HOST_VERSION'] ?? hostVersions[hostVersions.length - 1];
  const version = hostVersions.find((each) => each === wanted);
  if (typeof args === 'string' || version === undefined) {
    console.error(
      typeof args === 'string' ? args : `VSCODE_HOST_VERSION is ${wanted}; there is ${hostVersions.join(' and ')}`,
    );
    return exitCodes.usage;
  }
  if (process.env['VSCODE_HOST_LIFELINE'] === '1') process.stdin.on('close', () => process.exit(129)).resume();
  const temporary = temporaryFolder('run');
  try {
    return await run(args, version, temporary.path);
  } catch (error) {
    console.error(error);
    return exitCodes.failed;
  } finally {
    temporary.remove();
  }
}

function parseArguments(argv: readonly string[]): HostArguments | string {
  const values = (name: string): string[] =>
    argv.filter((each) => each.startsWith(`--${name}=`)).map((each) => each.slice(name.length + 3));
  const testsPath = values('extensionTestsPath').at(-1);
  if (testsPath === undefined) return 'Missing --extensionTestsPath=<file>: this is a test host, not an editor';
  const folder = argv.find((each) => !each.startsWith('-'));
  try {
    return {
      folder: folder === undefined ? undefined : resolve(folder),
      // A remote extension host wants the file itself, with its extension.
      testsPath: createRequire(import.meta.url).resolve(resolve(testsPath)),
      extensions: values('extensionDevelopmentPath').map((path) => resolve(path)),
      userDataDir: values('user-data-dir').at(-1),
      extensionsDir: values('extensions-dir').at(-1),
    };
  } catch {
    return `There is no suite ${testsPath}`;
  }
}

async function run(args: HostArguments, version: HostVersion, temporary: string): Promise<number> {
  const resultFile = process.env['TEST_RESULT'] ?? join(temporary, 'result.json');
  const outFile = join(temporary, 'out.txt');
  rmSync(resultFile, { force: true });
  writeFileSync(outFile, '');
  const host = await installHost(version);
  const server = await startServer({
    host,
    ...(args.userDataDir === undefined ? {} : { userDataDir: args.userDataDir }),
    ...(args.extensionsDir === undefined ? {} : { extensionsDir: args.extensionsDir }),
    env: { TEST_RESULT: resultFile, TEST_OUT: outFile },
  });
  const tail = follow(outFile);
  try {
    const end = await untilSuiteEnds(server, args);
    tail.stop();
    return verdict(end, existsSync(resultFile) ? readFileSync(resultFile, 'utf8') : undefined, server);
  } finally {
    tail.stop();
    await server.stop();
  }
}

/** How a suite ended: the code its extension host reported, or what came in between. */
type End =
  | { readonly code: number; readonly log: readonly string[] }
  | { readonly interrupted: string; readonly log: readonly string[] };

async function untilSuiteEnds(server: RunningServer, args: HostArguments): Promise<End> {
  const browser = await launchBrowser();
  // The page stays so that a slow close cannot change the result.
  const log: string[] = [];
  const timeout = Number(process.env['VSCODE_HOST_TIMEOUT'] ?? defaultTimeout);
  let timer: NodeJS.Timeout | undefined;
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const ended = new Promise<End>((resolve) => {
      void exposeEnd(page, (code) => resolve({ code, log }), log)
        .then(async () => {
          await injectDevelopment(page, server.authority, { extensions: args.extensions, testsPath: args.testsPath });
          await page.goto(server.address(args.folder));
        })
        .catch((error: unknown) => resolve({ interrupted: `the workbench did not load: ${String(error)}`, log }));
      page.on('crash', () => resolve({ interrupted: 'the page of the workbench crashed', log }));
      browser.on('disconnected', () => resolve({ interrupted: 'the browser ended', log }));
      void server.ended.then(() => resolve({ interrupted: 'the VS Code server ended', log }));
      timer = setTimeout(() => resolve({ interrupted: `timed out after ${timeout} ms`, log }), timeout);
    });
    return await ended;
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

/** The workbench calls these two functions of its page: at the end of the extension host, and for each line of its log. */
async function exposeEnd(page: Page, onEnd: (code: number) => void, log: string[]): Promise<void> {
  await page.exposeFunction('codeAutomationExit', (code: number) => onEnd(code));
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const line = `[${type}] ${args.map(String).join(' ')}`;
    log.push(line);
    if (process.env['VSCODE_HOST_LOG'] === '1') console.log(line);
  });
}

function verdict(end: End, result: string | undefined, server: RunningServer): number {
  const died = /Unknown reconnection token|Extension Host Process exited with code: [^0]/.exec(server.log())?.[0];
  const failure = failureOf(result);
  const { code, message } = judge(end, died, failure, result !== undefined);
  if (code === exitCodes.passed) return code;
  console.error(`Test host: ${message}`);
  // A suite that failed has said why; for everything else the logs are all there is.
  if (code !== exitCodes.failed || result === undefined) {
    console.error([...end.log.slice(-40), '--- server log', ...server.log().split('\n').slice(-40)].join('\n'));
  }
  return code;
}

function judge(
  end: End,
  died: string | undefined,
  failure: string | undefined,
  proof: boolean,
): { code: number; message: string } {
  if ('interrupted' in end) {
    return {
      code: end.interrupted.startsWith('timed out') ? exitCodes.timedOut : exitCodes.hostDied,
      message: end.interrupted,
    };
  }
  // The workbench reports 0 for an extension host that died, so its 0 alone proves nothing.
  if (failure !== undefined)
    return { code: proof || end.code === 1 ? exitCodes.failed : exitCodes.noProof, message: failure };
  if (died !== undefined) return { code: exitCodes.hostDied, message: `the extension host died: ${died}` };
  return { code: end.code, message: `the extension host ended with ${end.code}` };
}

/** Prints what is appended to `file` as it comes. */
function follow(file: string): { stop: () => void } {
  const decoder = new StringDecoder('utf8');
  let printed = 0;
  const print = (): void => {
    if (!existsSync(file) || statSync(file).size === printed) return;
    const rest = readFileSync(file).subarray(printed);
    printed += rest.length;
    process.stdout.write(decoder.write(rest));
  };
  const timer = setInterval(print, 100);
  const end = closeAtExit(() => {
    clearInterval(timer);
    print();
  });
  return { stop: end };
}
