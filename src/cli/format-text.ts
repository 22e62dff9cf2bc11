import { type Finding, severities, type Severity } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import type { CheckResult } from '../workflow/check.ts';
import { harmless, type Paint } from './terminal.ts';

/** Of places with one cause, this many are listed; the others are counted. */
const relatedShown = 5;

const styles = { error: 'red', warning: 'yellow', info: 'blue', hint: 'dim' } as const;

/** For people: findings by file with line and column counted from 1, then what was not analysed, then the sum. */
export function checkText({ findings, documents, notAnalysed }: CheckResult, paint: Paint): string {
  const lines: string[] = [];
  let file: string | undefined;
  for (const finding of findings) {
    if (finding.file !== file) {
      if (file !== undefined) lines.push('');
      ({ file } = finding);
      lines.push(paint('bold', harmless(file)));
    }
    lines.push(...findingLines(finding, paint));
  }
  if (notAnalysed.length > 0) {
    if (lines.length > 0) lines.push('');
    lines.push(paint('bold', 'Not analysed'));
    for (const { file: path, reason } of notAnalysed) lines.push(`  ${harmless(path)}  ${harmless(reason)}`);
  }
  if (lines.length > 0) lines.push('');
  lines.push(`${counted(findings)} in ${plural(documents.length, 'document')}.`);
  if (documents.length === 0 && notAnalysed.length === 0) {
    lines.push(
      'No OpenAPI document and no migration was found. Name the file to check: backend-architect check <path>.',
    );
  }
  return `${lines.join('\n')}\n`;
}

function findingLines({ file, range, severity, message, rule, related }: Finding, paint: Paint): string[] {
  const place = `${range.start.line + 1}:${range.start.character + 1}`.padStart(9);
  const head = `${paint('dim', place)}  ${paint(styles[severity], severity.padEnd(7))}  ${harmless(message)}  ${paint('dim', rule)}`;
  const more = related.slice(0, relatedShown).map((other) => {
    const where = `${other.file === file ? '' : `${other.file}:`}${other.range.start.line + 1}:${other.range.start.character + 1}`;
    return paint('dim', `${' '.repeat(20)}${harmless(where)}  ${harmless(other.message)}`);
  });
  const left = related.length - relatedShown;
  if (left > 0) more.push(paint('dim', `${' '.repeat(20)}and ${plural(left, 'more place')}`));
  return [head, ...more];
}

function counted(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'No findings';
  const names: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'info', hint: 'hint' };
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return severity === 'info' ? [`${count} info`] : [plural(count, names[severity])];
  });
  return parts.join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** One line a rule, by family. */
export function rulesText(rules: readonly Rule[], paint: Paint): string {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  const lines = rules.map(({ id, severity, says, fixed }) => {
    const repair = fixed === undefined ? '' : paint('dim', '  (offers a repair)');
    return `${id.padEnd(width)}  ${paint(styles[severity], severity.padEnd(7))}  ${says}${repair}`;
  });
  return `${lines.join('\n')}\n`;
}
