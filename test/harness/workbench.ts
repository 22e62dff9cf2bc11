import { type Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { injectDevelopment } from './development.ts';
import { startServer, type RunningServer } from './server.ts';
import { hostVersions, installHost, type HostVersion } from './vscode-host.ts';

/** Which editor to open, on what. */
export interface EditorOptions {
  /** The newest by default. */
  readonly version?: HostVersion;
  /** The folder, or the .code-workspace file, to open. Tests hand in a copy. */
  readonly folder: string;
  /** Folders of unpackaged extensions, and packaged ones (.vsix), which are really installed. */
  readonly extensions: readonly string[];
  /** User settings on top of the quiet ones of the harness. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Start in Restricted Mode, without asking. */
  readonly untrusted?: boolean;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A workbench open in a headless browser. */
export interface Workbench {
  readonly page: Page;
  readonly url: string;
  /** Everything the editor's server writes lies below, until it is closed. */
  readonly serverFolder: string;
  readonly serverLog: () => string;
  /** What the page wrote to its console as an error, broken content security policies among it. */
  readonly pageErrors: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens VS Code on a folder and waits until the workbench stands. An extension may still be starting. */
export async function openWorkbench(options: EditorOptions): Promise<Workbench> {
  const packaged = options.extensions.filter((path) => path.endsWith('.vsix'));
  const extensions = options.extensions.filter((path) => !path.endsWith('.vsix'));
  const server = await startServer({ ...(await serverOptions(options)), vsix: packaged });
  const url = server.address(options.folder);
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const errors = collectErrors(page);
    await keepSecrets(page);
    if (extensions.length > 0) await injectDevelopment(page, server.authority, { extensions });
    await page.goto(url);
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    return { page, url, serverFolder: server.folder, serverLog: server.log, pageErrors: () => errors, close };
  } catch (error) {
    await close();
    throw new Error(`The workbench did not open. Server log:\n${server.log()}`, { cause: error });
  }
}

/** An editor that is kept open for a person. */
export interface ServedEditor {
  /** The address to open. It carries the secret without which the server answers nobody. */
  readonly url: string;
  /** Settles when the server has ended. */
  readonly ended: Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Serves VS Code with our extension to a person's own browser, on 127.0.0.1 only. An editor is a shell on this machine: its address is
 * a secret. Ctrl-C ends the server and everything it started.
 */
export async function serveEditor(options: EditorOptions & { readonly port?: number }): Promise<ServedEditor> {
  const server: RunningServer = await startServer({
    ...(await serverOptions(options)),
    vsix: options.extensions.filter((path) => path.endsWith('.vsix')),
    // Nobody injects development options into a person's browser, so an unpackaged extension counts as installed.
    linked: options.extensions.filter((path) => !path.endsWith('.vsix')),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  return { url: server.address(options.folder), ended: server.ended, close: server.stop };
}

async function serverOptions(options: EditorOptions) {
  const { version = hostVersions[1], settings, machineSettings, untrusted, env } = options;
  return {
    host: await installHost(version),
    ...(settings === undefined ? {} : { settings }),
    ...(machineSettings === undefined ? {} : { machineSettings }),
    ...(untrusted === undefined ? {} : { untrusted }),
    ...(env === undefined ? {} : { env }),
  };
}

function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    // A route of code-server's own wrapper, which is not running.
    const harmless = /serviceWorker\.js|Failed to load resource|bad HTTP response code \(404\)/.test(
      `${message.text()} ${message.location().url}`,
    );
    if (message.type() === 'error' && !harmless) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

/** Secrets survive a reload of the page only if something answers the route that makes their key. */
async function keepSecrets(page: Page): Promise<void> {
  await page.route('**/mint-key', async (route) => route.fulfill({ status: 200, body: Buffer.alloc(32, 7) }));
}
