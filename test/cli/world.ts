import process from 'node:process';
import type { World } from '../../src/cli/check.ts';
import type { RawFinding } from '../../src/core/finding.ts';
import { type Rule, rule } from '../../src/core/rule.ts';
import { systemClock } from '../../src/platform/clock.ts';

const word: Rule = rule({
  id: 'api/word',
  dialect: 'openapi',
  severity: 'error',
  evidences: ['plan/api-contract'],
  requirements: ['R001-038'],
  equivalents: ['redocly:word'],
  says: 'Leave WORD out.',
  why: 'It is only here to be found.',
  bad: ['WORD: 1'],
  good: ['word: 1'],
  fixed: ['word: 1'],
});
const mild: Rule = rule({
  id: 'api/mild',
  dialect: 'openapi',
  severity: 'info',
  evidences: [],
  requirements: [],
  says: 'Leave MILD out.',
  why: 'It is only here to be found.',
  bad: ['MILD: 1'],
  good: ['mild: 1'],
});

function found(file: string, text: string): RawFinding[] {
  return [...text.matchAll(/WORD|MILD/g)].map(({ 0: hit, index: start }, index): RawFinding => {
    const id = hit === 'WORD' ? word.id : mild.id;
    const about = {
      file,
      rule: id,
      message: `${hit} stands in the way`,
      symbol: `/${index}`,
      cause: `/${index}`,
      related: [],
    };
    return {
      ...about,
      span: { start, end: start + 4 },
      ...(hit === 'WORD' ? { fix: { kind: 'safe', title: 'Leave it out' } } : {}),
    };
  });
}

/** A command line with two rules that find WORD and MILD, on this process's streams. MANY in a document stands for 20,000 findings. */
export function standIn(more: Partial<World> = {}): World {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    version: '1.2.3',
    rules: [mild, word],
    engines: {
      *openApi({ file, text }) {
        yield;
        if (!text.includes('MANY')) return { findings: found(file, text) };
        const one = { file, rule: word.id, message: 'x'.repeat(60), span: { start: 0, end: 1 }, related: [] };
        return { findings: Array.from({ length: 20_000 }, (_, i) => ({ ...one, symbol: `/${i}`, cause: `/${i}` })) };
      },
      whole: () => [],
      sql: async (sources) =>
        (function* () {
          yield;
          return { files: sources.map(({ file }) => ({ file, dialect: 'PostgreSQL', findings: [] })), notAnalysed: [] };
        })(),
    },
    clock: systemClock,
    isMigrationPath: (path) => path.includes('migrations/'),
    ...more,
  };
}
