import { configurationFile } from '../core/configuration.ts';
import { type Finding, severities } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import { type Addresses, rulePage } from './present.ts';
import type { Project } from './projects.ts';
import type { CheckReport, ReportFile, ReportFinding, ReportGap } from './protocol.ts';

/** Everything that is known of the folders now: all findings, and all that was not analysed. */
export function checkReport(
  projects: readonly Project[],
  rules: readonly Rule[],
  addresses: Pick<Addresses, 'rulePages'>,
): CheckReport {
  const files: ReportFile[] = [];
  const notAnalysed: ReportGap[] = [];
  const groups = new Map<string, { readonly first: Finding; readonly findings: ReportFinding[] }>();
  let documents = 0;
  for (const { live, uriOf } of projects) {
    const above = projects.length > 1 ? `${nameOf(uriOf('.'))}/` : '';
    const verdicts = [...live.verdicts.values()].sort((a, b) => compare(a.file, b.file));
    for (const { file, state, findings, notAnalysed: reasons } of verdicts) {
      if (state === 'judged' && file !== configurationFile) documents++;
      if (findings.length === 0 && reasons.length === 0) continue;
      const index = files.push({ uri: uriOf(file), path: above + file }) - 1;
      for (const reason of reasons) notAnalysed.push({ file: index, reason, partly: state === 'judged' });
      for (const finding of [...findings].sort(byPlace)) {
        const { range, message, fingerprint, rule, severity } = finding;
        const key = `${severities.indexOf(severity)} ${rule}`;
        let group = groups.get(key);
        if (!group) groups.set(key, (group = { first: finding, findings: [] }));
        group.findings.push({ file: index, range, message, fingerprint });
      }
    }
  }
  const says = new Map(rules.map((rule) => [rule.id, rule.says]));
  return {
    madeAt: Date.now(),
    documents,
    files,
    groups: [...groups]
      .sort(([a], [b]) => compare(a, b))
      .map(([, { first, findings }]) => ({
        rule: first.rule,
        severity: first.severity,
        says: says.get(first.rule) ?? first.rule,
        page: rulePage(addresses, first.rule),
        findings,
      })),
    notAnalysed,
  };
}

function nameOf(uri: string): string {
  return decodeURIComponent(uri.split('/').at(-1) ?? '');
}

function byPlace({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}

/** By code points, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
