import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/** Where everything the harness fetches or unpacks is kept; git-ignored, safe to delete. */
export const cacheFolder = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** A staging folder this old belongs to an install that was killed. */
const abandonedAfter = 60 * 60 * 1000;

/**
 * Makes sure `target` exists and is complete. `fill` writes into a temporary sibling that is renamed at the end, so a killed
 * install never counts as installed. Of two that run at once, the one that ends later throws its copy away.
 */
export async function staged(target: string, fill: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(target)) return target;
  const parent = dirname(target);
  const prefix = `.${basename(target)}-`;
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent, prefix);
  const folder = await mkdtemp(join(parent, prefix));
  try {
    const filled = join(folder, 'filled');
    await mkdir(filled);
    await fill(filled);
    await rename(filled, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return target;
}

async function removeAbandoned(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const modified = (await stat(join(parent, name)).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - modified > abandonedAfter) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** A package of the npm registry, pinned by the hash of its tarball. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** `sha512-…`, as `npm view <name>@<version> dist.integrity` prints it. */
  readonly integrity: string;
}

/** Fetches `pinned`, checks its hash and unpacks what lies under `inside` (a folder of the tarball) into `folder`. */
export async function unpackPackage(pinned: PinnedPackage, inside: string, folder: string): Promise<void> {
  const download = await mkdtemp(join(dirname(folder), '.tarball-'));
  try {
    const spec = `${pinned.name}@${pinned.version}`;
    await runCommand('npm', ['pack', spec, '--pack-destination', download, '--silent'], download);
    const tarball = (await readdir(download)).find((name) => name.endsWith('.tgz'));
    if (tarball === undefined) throw new Error(`npm pack ${spec} left no tarball`);
    const hash = createHash('sha512');
    await pipeline(createReadStream(join(download, tarball)), hash);
    const found = `sha512-${hash.digest('base64')}`;
    if (found !== pinned.integrity)
      throw new Error(`${spec} is not what was pinned: ${found} instead of ${pinned.integrity}`);
    const depth = inside.split('/').length;
    await mkdir(folder, { recursive: true });
    await runCommand(
      'tar',
      ['-xzf', join(download, tarball), '-C', folder, `--strip-components=${depth}`, inside],
      download,
    );
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/** Runs a command to its end, quietly; a failure carries what it printed. */
export async function runCommand(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = toolEnvironment(),
): Promise<string> {
  const shell = process.platform === 'win32';
  const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(String(code ?? signal)));
  });
  if (ended !== '0') throw new Error(`${command} ${args.join(' ')} ended with ${ended}:\n${output}`);
  return output;
}

/** The environment without what `npm run` adds for the package being run: it would point a nested npm at our own package. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(npm_package_|npm_lifecycle_|npm_command|npm_config_(local_)?prefix|npm_config_(dry_run|global|workspaces?)|NODE_OPTIONS|NODE_V8_COVERAGE|NODE_ENV)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
