import type { Finding, Severity } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import type { Range } from '../core/text.ts';
import type { CheckResult } from '../workflow/check.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** SARIF 2.1.0, for code scanning. What was not analysed is a notification of the run. */
export function checkSarif(
  { findings, documents, notAnalysed }: CheckResult,
  rules: readonly Rule[],
  version: string,
): string {
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Backend Architect', version, semanticVersion: version, rules: rules.map(descriptor) },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: documents.map(({ file }) => ({ location: { uri: uriOf(file) } })),
        invocations: [
          {
            executionSuccessful: notAnalysed.length === 0,
            toolExecutionNotifications: notAnalysed.map(({ file, reason }) => ({
              level: 'error',
              message: { text: `${file} was not analysed. ${reason}` },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
            })),
          },
        ],
        results: findings.map((finding) => result(finding, index)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(rule: Rule): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.says },
    fullDescription: { text: rule.why },
    help: { text: `${rule.says} ${rule.why}` },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      tags: [rule.dialect, ...rule.evidences, ...(rule.concerns ?? [])],
      requirements: rule.requirements,
      equivalents: rule.equivalents ?? [],
    },
  };
}

function result(finding: Finding, index: ReadonlyMap<string, number>): object {
  const ruleIndex = index.get(finding.rule);
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [location(finding.file, finding.range)],
    ...(finding.related.length > 0
      ? {
          relatedLocations: finding.related.map(({ file, range, message }, id) => {
            return { id, ...location(file, range), message: { text: message } };
          }),
        }
      : {}),
    partialFingerprints: { 'backendArchitect/v1': finding.fingerprint },
    properties: { severity: finding.severity, certainty: finding.certainty, cause: finding.cause },
  };
}

/** SARIF counts lines and columns from 1; the end column is the one behind the last character. */
function location(file: string, { start, end }: Range): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    },
  };
}

function uriOf(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
