import { accessSync, constants, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { cacheFolder, runCommand, staged } from './staging.ts';

/** Where Chrome, Chromium and Edge usually are; on Linux also looked for by name on PATH. */
const wellKnown: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].flatMap((root) =>
    root === undefined
      ? []
      : [join(root, 'Google\\Chrome\\Application\\chrome.exe'), join(root, 'Microsoft\\Edge\\Application\\msedge.exe')],
  ),
  linux: [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
    'microsoft-edge',
  ].flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))),
};

/** Keeps the browser on this machine: no name but ours resolves, no proxy is asked, nothing is fetched in the background. */
const offline = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

const fontsHere =
  '<?xml version="1.0"?>\n<fontconfig><dir prefix="relative">.</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n';

/** Where the browser is: $BROWSER_EXECUTABLE, an installed one, or the one that came with npm (Linux x64 only). */
async function findBrowser(): Promise<string> {
  const wanted = process.env['BROWSER_EXECUTABLE'];
  if (wanted !== undefined && wanted !== '') {
    if (!executable(wanted)) throw new Error(`BROWSER_EXECUTABLE=${wanted} is not an executable file`);
    return wanted;
  }
  const installed = wellKnown[process.platform]?.find(executable);
  if (installed !== undefined) return installed;
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new Error('No browser found. Install Chrome, Chromium or Edge, or set BROWSER_EXECUTABLE to one.');
  }
  return npmBrowser();
}

/** Starts a headless browser. The caller closes it; signals are the caller's, too. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  const fonts = join(executablePath, '../fonts');
  // A machine without fontconfig has no fonts either: the npm browser brings one.
  const needsFonts =
    process.env['FONTCONFIG_PATH'] === undefined && !existsSync('/etc/fonts/fonts.conf') && existsSync(fonts);
  return chromium.launch({
    executablePath,
    headless: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...offline],
    env: { ...definedOnly(process.env), ...(needsFonts ? { FONTCONFIG_PATH: fonts } : {}) },
  });
}

/** Unpacks the browser of `@sparticuz/chromium` into the cache, in a process of its own because it unpacks into $TMPDIR. */
async function npmBrowser(): Promise<string> {
  const main = import.meta.resolve('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(new URL('../package.json', main), 'utf8')) as { version: string };
  const folder = await staged(join(cacheFolder, 'browser', version), async (empty) => {
    const unpack = `import(${JSON.stringify(main)}).then((m) => m.default.executablePath())`;
    await runCommand(process.execPath, ['-e', unpack], empty, { ...process.env, TMPDIR: empty });
    await writeFile(join(empty, 'fonts/fonts.conf'), fontsHere);
  });
  return join(folder, 'chromium');
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
