import type { CheckReport, FromReportPage, ReportFinding, ReportGap, ReportGroup } from '../server/protocol.ts';

/** What a person chose on the page, found again in the report that is shown. */
export type ReportChoice =
  | { readonly kind: 'ready' }
  | { readonly kind: 'check' }
  | { readonly kind: 'finding'; readonly finding: ReportFinding }
  | { readonly kind: 'rule'; readonly group: ReportGroup }
  | { readonly kind: 'gap'; readonly gap: ReportGap };

/** Reads a message of the page. Undefined for whatever is not one, or not of this report: the page can name nothing that the report does not hold. */
export function readChoice(value: unknown, report: CheckReport | undefined): ReportChoice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as FromReportPage;
  switch (message.kind) {
    case 'ready':
    case 'check':
      return { kind: message.kind };
    case 'finding': {
      const finding = at(at(of(report, message.report)?.groups, message.group)?.findings, message.finding);
      return finding && { kind: 'finding', finding };
    }
    case 'rule': {
      const group = at(of(report, message.report)?.groups, message.group);
      return group && { kind: 'rule', group };
    }
    case 'gap': {
      const gap = at(of(report, message.report)?.notAnalysed, message.gap);
      return gap && { kind: 'gap', gap };
    }
    default:
      return undefined;
  }
}

function of(report: CheckReport | undefined, madeAt: unknown): CheckReport | undefined {
  return report?.madeAt === madeAt ? report : undefined;
}

function at<T>(list: readonly T[] | undefined, index: unknown): T | undefined {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 ? list?.[index] : undefined;
}
