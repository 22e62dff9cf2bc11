// `npm run bench [-- --corpus DIR]`: `check` beside Redocly, Spectral and Squawk, in one run on this machine. Quote the ratios, not the seconds.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, type Run, run } from './bench/measure.ts';

const peers = resolve('.cache/bench');
const pinned = [
  '@redocly/cli@2.77.0',
  '@redocly/openapi-core@2.64.0',
  '@stoplight/spectral-cli@6.16.3',
  '@stoplight/spectral-core@1.24.1',
  '@stoplight/spectral-rulesets@1.23.1',
  'squawk-cli@2.61.0',
];
const flag = process.argv.indexOf('--corpus');
const corpus = flag > 0 ? resolve(process.argv[flag + 1] ?? '') : undefined;
if (corpus !== undefined && !existsSync(corpus)) {
  console.error(`There is no folder ${corpus}`);
  process.exit(2);
}

/** Installs the peers once, beside a mark that says it was done to the end. */
function install(): void {
  const mark = join(peers, `installed-${pinned.join('+').replaceAll(/[@/]/g, '_')}`);
  if (existsSync(mark)) return;
  console.error(`Installing the peers into ${peers} …`);
  mkdirSync(peers, { recursive: true });
  writeFileSync(join(peers, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', ...pinned], {
    cwd: peers,
    stdio: 'inherit',
  });
  writeFileSync(mark, '');
}

/** A file or folder out of an npm package, without installing what it depends on. */
function fromPackage(name: string, path: string): string {
  const target = join(peers, name.replaceAll(/\W+/g, '-'), path);
  if (existsSync(target)) return target;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const [{ filename } = { filename: '' }] = JSON.parse(
    execFileSync('npm', ['pack', name, '--json', '--pack-destination', folder, '--silent'], { encoding: 'utf8' }),
  ) as { filename: string }[];
  execFileSync('tar', ['xzf', join(folder, filename), '-C', folder, `package/${path}`]);
  mkdirSync(join(target, '..'), { recursive: true });
  cpSync(join(folder, 'package', path), target, { recursive: true });
  rmSync(folder, { recursive: true });
  return target;
}

const rows: string[][] = [['input', 'tool', 'cpu s', 'wall s', 'peak MiB', 'cpu: ours / it', 'exit']];
const missing: string[] = [];

async function whole(
  input: string,
  folder: string,
  tools: Readonly<Record<string, readonly string[]>>,
  runs = 3,
): Promise<void> {
  const results: Record<string, Run[]> = {};
  for (let i = -1; i < runs; i++) {
    for (const [tool, command] of Object.entries(tools)) {
      const slow = tool === 'spectral';
      if (slow && i > 0) continue;
      const result = await run(command, folder);
      // The first round warms the disk cache; a slow peer runs but twice.
      if (i >= 0) (results[tool] ??= []).push(result);
    }
  }
  const own = median((results['ours'] ?? []).map((one) => one.cpu));
  for (const [tool, list] of Object.entries(results)) {
    const cpu = median(list.map((one) => one.cpu));
    const memory =
      list[0]?.memory === undefined ? 'not measured' : median(list.map((one) => one.memory ?? 0)).toFixed(0);
    rows.push([
      input,
      tool,
      cpu.toFixed(2),
      median(list.map((one) => one.wall)).toFixed(2),
      memory,
      (own / cpu).toFixed(2),
      String(list[0]?.exit),
    ]);
  }
}

function inProcess(input: string, file: string): void {
  for (const engine of ['ours', 'redocly', 'spectral']) {
    const { stdout, status, stderr } = spawnSync('node', ['scripts/bench/in-process.ts', engine, file, peers], {
      encoding: 'utf8',
      timeout: 300_000,
      maxBuffer: 1e9,
    });
    const json = stdout.slice(stdout.lastIndexOf('{"cpu"'));
    if (status !== 0 || !json.startsWith('{"cpu"')) {
      missing.push(`${input}, ${engine} in one process: ${stderr.trim().split('\n').at(-1) ?? 'no answer'}`);
      continue;
    }
    const { cpu, keystroke } = JSON.parse(json) as { cpu: number; keystroke?: { p50: number; p95: number } };
    const note = keystroke ? `keystroke p50 ${keystroke.p50.toFixed(1)} ms, p95 ${keystroke.p95.toFixed(1)} ms` : '';
    rows.push([input, `${engine}, warm, in process`, cpu.toFixed(2), '', '', '', note]);
  }
}

install();
const cli = ['node', resolve('dist/cli.cjs'), 'check', '--format', 'json', '--fail-on', 'never'];
const bin = (name: string): string => join(peers, 'node_modules/.bin', name);
const ruleset = join(peers, 'spectral.yaml');
writeFileSync(ruleset, 'extends: ["spectral:oas"]\n');

const documents: Record<string, string> = {
  'GitHub, 13 MB JSON': fromPackage('@octokit/openapi@23.0.2', 'generated/api.github.com.json'),
  'sample, 300 lines': resolve('test/sample/docs/living/API_Spec.yaml'),
};
const specs = corpus === undefined ? undefined : join(corpus, 'openapi');
if (specs !== undefined && existsSync(specs))
  for (const name of readdirSync(specs)) documents[name] = join(specs, name);
else missing.push('documents of a corpus (give --corpus DIR with a folder openapi in it)');

for (const [input, file] of Object.entries(documents)) {
  console.error(`Measuring ${input} …`);
  await whole(input, peers, {
    ours: [...cli, file],
    redocly: ['node', bin('redocly'), 'lint', '--extends', 'recommended', '--format', 'json', file],
    spectral: ['node', bin('spectral'), 'lint', '--ruleset', ruleset, '--format', 'json', file],
  });
  inProcess(input, file);
}

/** Which .sql is a migration is told by its folder. */
const worker = join(peers, 'graphile-worker', 'migrations');
cpSync(fromPackage('graphile-worker@0.18.0', 'sql'), worker, { recursive: true });
const migrations: Record<string, string> = { 'graphile-worker, npm': worker };
const histories = corpus === undefined ? undefined : join(corpus, 'migrations');
if (histories !== undefined && existsSync(histories))
  for (const name of readdirSync(histories)) migrations[name] = join(histories, name);
for (const [input, folder] of Object.entries(migrations)) {
  console.error(`Measuring ${input} …`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => join(folder, name));
  await whole(`${input}, ${files.length} migrations`, peers, {
    ours: [...cli, folder],
    squawk: [bin('squawk'), ...files],
  });
}

const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
rows.splice(
  1,
  0,
  widths.map((width) => '-'.repeat(width)),
);
for (const row of rows) console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
for (const line of missing) console.log(`Not measured: ${line}`);
