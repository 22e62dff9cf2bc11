import assert from 'node:assert/strict';
import configurationValid from '../../src/catalogue/rules/project/configuration-valid.ts';
import disableKnown from '../../src/catalogue/rules/project/disable-known.ts';
import disableReason from '../../src/catalogue/rules/project/disable-reason.ts';
import disableUsed from '../../src/catalogue/rules/project/disable-used.ts';
import { readConfiguration } from '../../src/core/configuration-read.ts';
import type { RawFinding } from '../../src/core/finding.ts';
import { report } from '../../src/core/report.ts';
import type { Example } from '../../src/core/rule.ts';
import { lineIndex } from '../../src/core/text.ts';
import { readCarets } from '../harness/carets.ts';

const projectRules = [configurationValid, disableKnown, disableReason, disableUsed];
const server = { id: 'api/server-https', severity: 'warning', dialect: 'openapi' } as const;
const syntax = { id: 'sql/syntax', severity: 'error', dialect: 'sql' } as const;
const rules = [...projectRules, server, syntax, { id: 'sql/drop-column', severity: 'error', dialect: 'sql' } as const];
const configurationFile = 'backend-architect.yaml';

/** Stands in for `api/server-https`: a finding wherever `http://` is. */
function found(file: string, text: string): RawFinding[] {
  return [...text.matchAll(/http:\/\//g)].map(({ index }) => {
    return {
      file,
      rule: server.id,
      message: 'http',
      span: { start: index, end: index + 7 },
      symbol: `${index}`,
      cause: `${index}`,
      related: [],
    };
  });
}

/** What is expected of an example and what the last pass says of it, both as lines. */
function prove(example: Example): { expected: string[]; actual: string[] } {
  assert.ok(typeof example === 'object', 'an example of a project rule is a map from path to text');
  const expected: string[] = [];
  const texts = new Map<string, string>();
  for (const [file, marked] of Object.entries(example)) {
    const { text, expected: marks } = readCarets(marked);
    texts.set(file, text);
    for (const { severity, message, span } of marks)
      expected.push(`${file} ${JSON.stringify(lineIndex(text).range(span))} ${severity} ${message}`);
  }
  const documents = [...texts].filter(([file]) => file !== configurationFile);
  const { findings } = report({
    rules,
    configuration: readConfiguration(texts.get(configurationFile) ?? '', rules),
    findings: documents.flatMap(([file, text]) => found(file, text)),
    documents: documents.map(([file, text]) => ({ file, text, analysed: true })),
    complete: true,
    today: '2026-11-20',
  });
  const actual = findings.map(
    ({ file, range, severity, message }) => `${file} ${JSON.stringify(range)} ${severity} ${message}`,
  );
  return { expected: expected.sort(), actual: actual.sort() };
}

describe('project rules', () => {
  for (const rule of projectRules) {
    it(`${rule.id} is proved by its examples`, () => {
      assert.ok(rule.bad.length > 0 && rule.good.length > 0);
      for (const example of rule.bad) {
        const { expected, actual } = prove(example);
        assert.ok(expected.length > 0);
        assert.deepEqual(actual, expected);
      }
      for (const example of rule.good) assert.deepEqual(prove(example).actual, []);
    });
  }
});
