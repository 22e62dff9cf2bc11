// Run by bench.ts in a process of its own: warm times of one engine over one document, as JSON on standard output.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { median, percentile } from './measure.ts';

const [engine = '', file = '', peers = ''] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const load = async (name: string): Promise<Record<string, unknown>> =>
  (await import(pathToFileURL(createRequire(`${peers}/package.json`).resolve(name)).href)) as Record<string, unknown>;

async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

type AnyFunction = (...args: readonly unknown[]) => unknown;

async function ours(): Promise<{ work: () => unknown; edits: number[] }> {
  const { analyseOpenApi } = await import('../../src/core/openapi/analyse.ts');
  const { rules } = await import('../../src/catalogue/rules.generated.ts');
  const { report } = await import('../../src/core/report.ts');
  const { defaultConfiguration } = await import('../../src/core/configuration.ts');
  const own = rules.filter((rule) => rule.dialect === 'openapi');
  type Analysis = import('../../src/core/openapi/analyse.ts').OpenApiAnalysis;
  type Change = import('../../src/core/text.ts').Change;
  const analyse = (source: string, previous?: Analysis, change?: Change): Analysis => {
    const version = /"?openapi"?:\s*['"]?3\.1/.test(source.slice(0, 4096)) ? '3.1' : '3.0';
    const steps = analyseOpenApi({ file, text: source, version, rules: own, read: () => undefined, previous, change });
    for (let step = steps.next(); ; step = steps.next()) {
      if (!step.done) continue;
      report({
        rules,
        configuration: defaultConfiguration,
        findings: step.value.findings,
        documents: [{ file, text: source, analysed: true }],
        complete: true,
        today: '2026-01-01',
      });
      return step.value;
    }
  };
  const work = (): unknown => analyse(text);
  // Keystrokes all over the document: one letter typed into a description.
  let now = analyse(text);
  const edits: number[] = [];
  for (let i = 0; i < 60; i++) {
    const from = Math.floor((now.text.length * (i + 0.5)) / 60);
    const found = now.text.indexOf('description', from);
    if (found < 0) continue;
    const at = now.text.indexOf(':', found) + 3;
    const next = `${now.text.slice(0, at)}x${now.text.slice(at)}`;
    const begin = performance.now();
    now = analyse(next, now, { start: at, oldEnd: at, newEnd: at + 1 });
    edits.push(performance.now() - begin);
  }
  return { work, edits: edits.slice(5) };
}

async function redocly(): Promise<() => unknown> {
  const core = await load('@redocly/openapi-core');
  const config = await (core['createConfig'] as AnyFunction)({ extends: ['recommended'] });
  return () => (core['lintFromString'] as AnyFunction)({ source: text, absoluteRef: file, config });
}

async function spectral(): Promise<() => unknown> {
  const core = await load('@stoplight/spectral-core');
  const { oas } = await load('@stoplight/spectral-rulesets');
  const Spectral = (core['Spectral'] ?? (core['default'] as Record<string, unknown>)['Spectral']) as new () => {
    setRuleset: AnyFunction;
    run: AnyFunction;
  };
  const linter = new Spectral();
  linter.setRuleset({ extends: [oas] });
  return () => linter.run(text);
}

const { work, edits } =
  engine === 'ours'
    ? await ours()
    : { work: await (engine === 'redocly' ? redocly() : spectral()), edits: [] as number[] };
const runs: number[] = [];
await work();
const count = engine === 'spectral' ? 1 : 3;
for (let i = 0; i < count; i++) runs.push(await cpuOf(work));
const keystroke = edits.length > 0 ? { p50: median(edits), p95: percentile(edits, 0.95) } : undefined;
process.stdout.write(JSON.stringify({ cpu: median(runs), keystroke }));
