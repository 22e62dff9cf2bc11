import type { CheckReport, FromReportPage } from '../src/server/protocol.ts';
import type { IconName } from './icons.ts';
import { count, figure, shown } from './text.ts';

/** One line of a group. */
export interface Row {
  /** The same for the same thing in the next report. */
  readonly key: string;
  readonly text: string;
  /** `file:line` */
  readonly place: string;
  /** What choosing it says to the extension. */
  readonly choice: FromReportPage;
}

/** What stands under one heading. */
export interface Group {
  readonly key: string;
  readonly icon: IconName;
  /** Says what the icon shows. */
  readonly word: string;
  readonly title: string;
  readonly size: number;
  /** What is counted: `finding`, `reason`. */
  readonly unit: string;
  readonly link?: { readonly text: string; readonly name: string; readonly choice: FromReportPage };
  /** Makes the first so many rows. */
  rows(most: number): Row[];
}

const words = { error: 'Error', warning: 'Warning', info: 'Info', hint: 'Hint' } as const;

/** The groups of a report: first what was not analysed, then what each rule found. */
export function groupsOf(report: CheckReport): Group[] {
  const { madeAt, files, groups, notAnalysed } = report;
  const path = (file: number): string => shown(files[file]?.path ?? '');
  const gaps: Group = {
    key: 'gaps',
    icon: 'gap',
    word: 'Not analysed',
    title: 'No rule has judged this',
    size: notAnalysed.length,
    unit: 'reason',
    rows: (most) => {
      const unique = distinct();
      return notAnalysed.slice(0, most).map(({ file, reason, partly }, gap) => ({
        key: unique(`${files[file]?.uri} ${reason}`),
        text: shown(partly ? `In part: ${reason}` : reason),
        place: path(file),
        choice: { kind: 'gap', report: madeAt, gap },
      }));
    },
  };
  const found = groups.map(({ rule, severity, says, findings }, group): Group => ({
    key: `${severity} ${rule}`,
    icon: severity,
    word: words[severity],
    title: shown(says),
    size: findings.length,
    unit: 'finding',
    link: { text: shown(rule), name: `Rule page: ${shown(rule)}`, choice: { kind: 'rule', report: madeAt, group } },
    rows: (most) => {
      const unique = distinct();
      return findings.slice(0, most).map(({ file, range, message, fingerprint }, finding) => ({
        key: unique(`${files[file]?.uri} ${fingerprint}`),
        text: shown(message),
        place: `${path(file)}:${range.start.line + 1}`,
        choice: { kind: 'finding', report: madeAt, group, finding },
      }));
    },
  }));
  return notAnalysed.length > 0 ? [gaps, ...found] : found;
}

/** `18 findings in 10 documents, 5 errors, 2 not fully analysed`. */
export function verdictOf({ documents, groups, notAnalysed }: CheckReport): string {
  const sum = (severity?: string): number =>
    groups.reduce(
      (all, one) => (severity === undefined || one.severity === severity ? all + one.findings.length : all),
      0,
    );
  const total = sum();
  const errors = sum('error');
  if (documents === 0 && total === 0 && notAnalysed.length === 0) return 'Nothing to check';
  const gaps = new Set(notAnalysed.map(({ file }) => file)).size;
  const parts = [
    `${total === 0 ? 'No findings' : count(total, 'finding')} in ${count(documents, 'document')}`,
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(gaps > 0 ? [`${figure(gaps)} not fully analysed`] : []),
  ];
  return parts.join(', ');
}

/** Numbers keys that come more than once. */
function distinct(): (key: string) => string {
  const seen = new Map<string, number>();
  return (key) => {
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? key : `${key} ${times}`;
  };
}
