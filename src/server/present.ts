import type { Diagnostic, DiagnosticSeverity, Range } from 'vscode-languageserver/node';
import { checklistItems } from '../catalogue/checklists/all.ts';
import type { Phase } from '../core/checklist.ts';
import type { Finding, Severity } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import type { Verdict } from '../workflow/live.ts';
import type { DocumentStatus } from './protocol.ts';

/** So many findings of one document go to the editor. */
const mostShown = 300;

/** By the protocol's numbers: its library is not loaded in this thread. */
const lspSeverities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, info: 3, hint: 4 };
const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

const source = 'Backend Architect';

/** How a door shows addresses. */
export interface Addresses {
  /** Folder of the rule pages, as a file URI. */
  readonly rulePages: string;
  uriOf(file: string): string;
}

export function rulePage({ rulePages }: Pick<Addresses, 'rulePages'>, rule: string): string {
  return `${rulePages}/${rule}.md`;
}

export function diagnosticOf(finding: Finding, addresses: Addresses): Diagnostic {
  const related = finding.related.map(({ file, range, message }) => ({
    location: { uri: addresses.uriOf(file), range },
    message,
  }));
  return {
    range: finding.range,
    severity: lspSeverities[finding.severity],
    source,
    code: finding.rule,
    codeDescription: { href: rulePage(addresses, finding.rule) },
    message: finding.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}

/** What the editor is shown of a document: errors first, and said so where something is left out or was not analysed. */
export function diagnosticsOf(verdict: Verdict, addresses: Addresses): Diagnostic[] {
  const shown = [...verdict.findings]
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
    .slice(0, mostShown);
  const diagnostics = shown.map((finding) => diagnosticOf(finding, addresses));
  const cut = verdict.findings.length - shown.length;
  if (cut > 0)
    diagnostics.push(notice(verdict, `${moreText(cut)}. Only the first ${mostShown} are shown here, errors first.`));
  if (verdict.state === 'failed') diagnostics.push(notice(verdict, notAnalysedText(verdict.notAnalysed[0] ?? '')));
  else if (verdict.state === 'judged')
    for (const reason of verdict.notAnalysed) diagnostics.push(notice(verdict, `Partly ${notAnalysedText(reason)}`));
  return diagnostics;
}

function notAnalysedText(reason: string): string {
  return `not analysed: ${reason}`;
}

function moreText(count: number): string {
  return `${count} more in the check report and the command line`;
}

/** One remark of ours about the document as a whole. */
function notice({ lines, text }: Verdict, sentence: string): Diagnostic {
  const first = text.search(/[\r\n]/);
  const end = lines.position(first < 0 ? Math.min(text.length, 1000) : Math.min(first, 1000));
  const range: Range = { start: { line: 0, character: 0 }, end: end.line === 0 ? end : { line: 0, character: 0 } };
  const message = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  return { range, severity: lspSeverities.info, source, message };
}

/** What the language status item shows. */
export function statusOf(verdict: Verdict, uri: string): DocumentStatus {
  const count = verdict.findings.length;
  const judged = verdict.state === 'judged';
  const cut = count - mostShown;
  const partly = judged ? verdict.notAnalysed.map((reason) => `partly not analysed: ${reason}`) : [];
  const detail = [verdict.detail, ...(cut > 0 ? [moreText(cut)] : []), ...partly].join(', ');
  const found = count === 0 ? 'No findings' : `${count} finding${count === 1 ? '' : 's'}`;
  const severity =
    verdict.state === 'failed' || verdict.state === 'unjudged' || partly.length > 0 ? 'warning' : 'information';
  return { uri, text: judged ? found : 'Not checked', detail, severity, busy: false };
}

const phases: Readonly<Record<Phase, string>> = { plan: 'Plan', build: 'Build', handoff: 'Hand off', review: 'Review' };
const items = new Map(checklistItems.map((item) => [item.id, item]));

/** The hover of the findings at one place, in at most six lines of Markdown. */
export function hoverText(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, Rule>,
  addresses: Pick<Addresses, 'rulePages'>,
): string | undefined {
  const [finding, ...others] = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  if (!finding) return undefined;
  const rule = rules.get(finding.rule);
  const lines = [`**${plain(finding.message)}**`];
  if (rule) lines.push(`**Why** ${plain(rule.why)}`);
  const checklist = rule ? [...rule.evidences, ...(rule.concerns ?? [])] : [];
  if (checklist.length > 0) lines.push(`**Checklist** ${checklist.map(itemTitle).join(', ')}`);
  if (finding.fix) lines.push(`**Fix** ${plain(finding.fix.title)}`);
  if (others.length > 0)
    lines.push(`And ${others.length} more here: ${[...new Set(others.map((one) => one.rule))].slice(0, 4).join(', ')}`);
  lines.push(`[Rule page: ${finding.rule}](${rulePage(addresses, finding.rule)})`);
  return lines.join('  \n');
}

/** `Hand off › Auth verified`; the id where it names no item. */
function itemTitle(id: string): string {
  const item = items.get(id);
  return item ? `${phases[item.phase]} › ${item.title}` : id;
}

/** One line of text as Markdown that shows exactly it; what stands between backticks stays code. */
function plain(text: string): string {
  const parts = text.replaceAll(/\s+/g, ' ').trim().split('`');
  if (parts.length % 2 === 0) return escaped(parts.join("'"));
  return parts.map((part, index) => (index % 2 === 1 ? `\`${part}\`` : escaped(part))).join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\*_[\]<>#!|~&]/g, '\\$&');
}
