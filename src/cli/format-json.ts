import type { Rule } from '../core/rule.ts';
import type { CheckResult } from '../workflow/check.ts';

/** The contract others script against: fields are added, never changed, under one schema version. */
export function checkJson({ findings, documents, notAnalysed }: CheckResult): string {
  const output = {
    schemaVersion: 1,
    findings: findings.map((finding) => ({
      file: finding.file,
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      range: finding.range,
      cause: finding.cause,
      related: finding.related,
      status: finding.status,
      certainty: finding.certainty,
      fingerprint: finding.fingerprint,
      fixable: finding.fix !== undefined,
    })),
    documents,
    notAnalysed,
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}

/** Every rule with all that its file declares, besides the code. */
export function rulesJson(rules: readonly Rule[]): string {
  const output = {
    rules: rules.map((rule) => ({
      id: rule.id,
      dialect: rule.dialect,
      severity: rule.severity,
      says: rule.says,
      why: rule.why,
      evidences: rule.evidences,
      concerns: rule.concerns ?? [],
      requirements: rule.requirements,
      equivalents: rule.equivalents ?? [],
      yieldsTo: rule.yieldsTo ?? [],
      fixable: rule.fixed !== undefined,
      bad: rule.bad,
      good: rule.good,
      fixed: rule.fixed ?? [],
    })),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
}
