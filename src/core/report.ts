import { type Configuration, severityOf } from './configuration.ts';
import { type CheckedDocument, judgeDisables } from './disable-judge.ts';
import type { Finding, RawFinding, Related, Severity } from './finding.ts';
import type { Rule } from './rule.ts';
import { symbolsAround } from './symbol.ts';
import { hash, type LineIndex, lineIndex, type Range } from './text.ts';

/** What the last pass needs to know of a rule. */
export type WeighedRule = Pick<Rule, 'id' | 'severity' | 'dialect' | 'yieldsTo'>;

export interface ReportInput {
  readonly rules: readonly WeighedRule[];
  readonly configuration: Configuration;
  /** In any order; the problems of the configuration are added here. */
  readonly findings: readonly RawFinding[];
  readonly documents: readonly CheckedDocument[];
  /** All documents of the project are here. */
  readonly complete: boolean;
  /** The day it is, YYYY-MM-DD: disables can end. */
  readonly today: string;
  /** Lines of a document, where the caller has them at hand; read from the documents' text otherwise. */
  lines?(file: string): LineIndex | undefined;
}

export interface Report {
  /** By file, position and rule. */
  readonly findings: readonly Finding[];
  /** What each finding was made of: one raw finding, or several with one cause. The first one carries the fix. */
  readonly sources: ReadonlyMap<Finding, readonly RawFinding[]>;
}

interface Weighed {
  readonly raw: RawFinding;
  readonly severity: Severity;
}

/**
 * The one last pass over what the engines found: severities by configuration, rules that yield to others, disables, one finding for each cause, places
 * as lines. The result depends on what was found, not on the order it was found in.
 */
export function report(input: ReportInput): Report {
  const rules = new Map(input.rules.map((rule) => [rule.id, rule]));
  const disables = judgeDisables({ ...input, rules });

  const weigh = (raw: RawFinding): Weighed[] => {
    const rule = rules.get(raw.rule);
    const level = rule ? severityOf(input.configuration, rule, raw.file) : 'error';
    return level === 'off' ? [] : [{ raw, severity: level }];
  };
  const told = [...input.findings, ...input.configuration.problems].flatMap(weigh);
  const spoken = symbolsTold(told, rules);
  const kept = told.filter(({ raw }) => {
    // A disable is used by what it silences, also where that yields to another rule.
    const silenced = disables.silences(raw);
    return !silenced && !yields(raw, rules.get(raw.rule), spoken);
  });
  for (const weighed of disables.problems().flatMap(weigh)) if (!disables.silences(weighed.raw)) kept.push(weighed);

  const lines = new Map<string, LineIndex | undefined>();
  const texts = new Map(input.documents.map(({ file, text }) => [file, text]));
  texts.set(input.configuration.file, input.configuration.text);
  const linesOf = (file: string): LineIndex | undefined => {
    if (lines.has(file)) return lines.get(file);
    const text = texts.get(file);
    const own = input.lines?.(file) ?? (text === undefined ? undefined : lineIndex(text));
    lines.set(file, own);
    return own;
  };

  const sources = new Map<Finding, readonly RawFinding[]>();
  for (const group of grouped(kept)) {
    const finding = findingOf(group, linesOf);
    if (finding)
      sources.set(
        finding,
        group.map(({ raw }) => raw),
      );
  }
  return { findings: [...sources.keys()].sort(byPlace), sources };
}

/** By file and rule, the symbols that were spoken of: only of rules that others yield to. */
function symbolsTold(told: readonly Weighed[], rules: ReadonlyMap<string, WeighedRule>): Map<string, Set<string>> {
  const awaited = new Set([...rules.values()].flatMap(({ yieldsTo }) => yieldsTo ?? []));
  const symbols = new Map<string, Set<string>>();
  for (const { raw } of told) {
    if (!awaited.has(raw.rule)) continue;
    const key = `${raw.rule} ${raw.file}`;
    const own = symbols.get(key);
    if (own) own.add(raw.symbol);
    else symbols.set(key, new Set([raw.symbol]));
  }
  return symbols;
}

function yields(
  raw: RawFinding,
  rule: WeighedRule | undefined,
  told: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (told.size === 0) return false;
  for (const other of rule?.yieldsTo ?? []) {
    const symbols = told.get(`${other} ${raw.file}`);
    if (!symbols) continue;
    for (const symbol of symbolsAround(raw.symbol)) if (symbols.has(symbol)) return true;
  }
  return false;
}

/** Findings of one rule with one cause in one file, each group in the order of its places. */
function grouped(found: readonly Weighed[]): readonly (readonly Weighed[])[] {
  const groups = new Map<string, Weighed[]>();
  for (const weighed of found) {
    const { file, rule, cause } = weighed.raw;
    const key = JSON.stringify([file, rule, cause]);
    const group = groups.get(key);
    if (group) group.push(weighed);
    else groups.set(key, [weighed]);
  }
  return [...groups.values()].map((group) => {
    const ordered = group.length > 1 ? group.sort(bySpan) : group;
    return ordered.filter(({ raw }, index) => {
      const before = ordered[index - 1]?.raw;
      return (
        before?.span.start !== raw.span.start || before.span.end !== raw.span.end || before.message !== raw.message
      );
    });
  });
}

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function findingOf(group: readonly Weighed[], linesOf: (file: string) => LineIndex | undefined): Finding | undefined {
  const [first, ...others] = group;
  if (!first) return undefined;
  const { raw, severity } = first;
  const lines = linesOf(raw.file);
  const related: Related[] = raw.related.map(({ place, message }) => {
    return { file: place.file, range: linesOf(place.file)?.range(place.span) ?? nowhere, message };
  });
  for (const other of others) {
    related.push({ file: raw.file, range: lines?.range(other.raw.span) ?? nowhere, message: other.raw.message });
  }
  return {
    file: raw.file,
    rule: raw.rule,
    severity,
    message: raw.message,
    range: lines?.range(raw.span) ?? nowhere,
    cause: raw.cause,
    related,
    status: 'new',
    certainty: 'predicted',
    fingerprint: hash(JSON.stringify([raw.rule, raw.symbol, raw.cause])),
    ...(raw.fix ? { fix: raw.fix } : {}),
  };
}

function bySpan({ raw: a }: Weighed, { raw: b }: Weighed): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compare(a.symbol, b.symbol) ||
    compare(a.message, b.message)
  );
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    compare(a.rule, b.rule) ||
    compare(a.cause, b.cause)
  );
}

/** By code units, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
