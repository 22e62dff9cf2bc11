import { canBeSilenced, type Configuration, type DisableEntry, severityOf } from './configuration.ts';
import { commentingOf, type Disable, disablesIn, disableWord, lineStartOf } from './disable.ts';
import type { RawFinding } from './finding.ts';
import { didYouMean } from './nearest.ts';
import type { Rule } from './rule.ts';
import { isWithin } from './symbol.ts';
import type { Span } from './text.ts';

/** A document as the last pass sees it. */
export interface CheckedDocument {
  /** Relative to the project's root, with `/`. */
  readonly file: string;
  readonly text: string;
  /** False where it could not be judged: then nobody can say that a disable in it is unused. */
  readonly analysed: boolean;
}

export interface DisableInput {
  readonly rules: ReadonlyMap<string, Pick<Rule, 'id' | 'severity' | 'dialect'>>;
  readonly configuration: Configuration;
  readonly documents: readonly CheckedDocument[];
  /** All documents of the project are here, so an entry for another file means none. */
  readonly complete: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
}

export interface Disables {
  /** Whether something silences the finding; what does is remembered as used. */
  silences(finding: RawFinding): boolean;
  /** What is wrong with the disables themselves. To be asked when all findings have been shown to `silences`. */
  problems(): readonly RawFinding[];
}

interface Use {
  used: boolean;
}

interface InFile {
  readonly document: CheckedDocument;
  readonly disables: readonly Disable[];
  /** By rule, then by the start of the line that is meant; -1 for the whole file. */
  readonly uses: ReadonlyMap<string, ReadonlyMap<number, Use[]>>;
  readonly entries: readonly { readonly entry: DisableEntry; readonly use: Use; readonly expired: boolean }[];
  readonly useOf: ReadonlyMap<Disable, ReadonlyMap<string, Use>>;
}

/** Gathers the disables of the documents and of the configuration. */
export function judgeDisables(input: DisableInput): Disables {
  const files = new Map<string, InFile>();
  const documents = new Map(input.documents.map((document) => [document.file, document]));
  const entriesOf = new Map<string, DisableEntry[]>();
  for (const entry of input.configuration.disables) {
    const list = entriesOf.get(entry.file);
    if (list) list.push(entry);
    else entriesOf.set(entry.file, [entry]);
  }
  for (const document of documents.values())
    files.set(document.file, inFile(document, entriesOf.get(document.file) ?? [], input.today));

  const silences = (finding: RawFinding): boolean => {
    const own = files.get(finding.file);
    if (!own || !canBeSilenced(finding.rule)) return false;
    let silenced = false;
    const uses = own.uses.get(finding.rule);
    if (uses) {
      const line = lineStartOf(own.document.text, finding.span.start);
      for (const use of [...(uses.get(-1) ?? []), ...(uses.get(line) ?? [])]) {
        use.used = true;
        silenced = true;
      }
    }
    for (const { entry, use, expired } of own.entries) {
      if (entry.rule !== finding.rule || expired || entry.reason === '') continue;
      if (entry.at !== undefined && !isWithin(finding.symbol, entry.at)) continue;
      use.used = true;
      silenced = true;
    }
    return silenced;
  };

  const problems = (): readonly RawFinding[] => {
    const found: RawFinding[] = [];
    for (const own of files.values()) {
      const tell = teller(own.document.file, found);
      for (const disable of own.disables) judge(disable, own, input, tell);
    }
    const tell = teller(input.configuration.file, found);
    for (const [file, entries] of entriesOf) {
      const own = files.get(file);
      for (const entry of entries) judgeEntry(entry, own, input, tell);
    }
    return found;
  };
  return { silences, problems };
}

function inFile(document: CheckedDocument, entries: readonly DisableEntry[], today: string): InFile {
  const disables = disablesIn(document.text, commentingOf(document.file, document.text));
  const uses = new Map<string, Map<number, Use[]>>();
  const useOf = new Map<Disable, Map<string, Use>>();
  for (const disable of disables) {
    const own = new Map<string, Use>();
    useOf.set(disable, own);
    if (disable.scope === undefined || disable.reason === '') continue;
    if (disable.scope === 'next-line' && disable.line < 0) continue;
    for (const { id } of disable.rules) {
      const use: Use = { used: false };
      own.set(id, use);
      const lines = uses.get(id) ?? new Map<number, Use[]>();
      uses.set(id, lines);
      const line = disable.scope === 'file' ? -1 : disable.line;
      lines.set(line, [...(lines.get(line) ?? []), use]);
    }
  }
  const weighed = entries.map((entry) => ({ entry, use: { used: false }, expired: isExpired(entry, today) }));
  return { document, disables, uses, entries: weighed, useOf };
}

function isExpired({ until }: DisableEntry, today: string): boolean {
  return until !== undefined && until < today;
}

type Tell = (rule: string, span: Span, about: string, message: string) => void;

/** Adds findings about disables; the same thing said twice in a file is two findings, told apart by their order. */
function teller(file: string, found: RawFinding[]): Tell {
  const seen = new Map<string, number>();
  return (rule, span, about, message) => {
    const key = `${rule} ${about}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const symbol = count === 1 ? `disable ${about}` : `disable ${about} ${count}`;
    found.push({ file, rule, message, span, symbol, cause: symbol, related: [] });
  };
}

function judge(disable: Disable, own: InFile, { rules, configuration }: DisableInput, tell: Tell): void {
  if (disable.scope === undefined) {
    const words = ['line', 'next-line', 'file'].map((scope) => `${disableWord}-${scope}`);
    const word = own.document.text.slice(disable.word.start, disable.word.end);
    const hint = didYouMean(word, words) || ` Write one of ${words.join(', ')}.`;
    tell('project/disable-known', disable.word, word, `\`${word}\` silences nothing.${hint}`);
    return;
  }
  if (disable.rules.length === 0) {
    tell(
      'project/disable-known',
      disable.word,
      'nothing',
      'This disable names no rule, so it silences nothing. Name the rule it is for.',
    );
    return;
  }
  if (disable.reason === '') {
    const names = disable.rules.map(({ id }) => id).join(', ');
    const message = `This disable silences nothing: it gives no reason. Write why behind a colon: \`${names}: …\`.`;
    tell('project/disable-reason', disable.span, names, message);
    return;
  }
  for (const { id, at } of disable.rules) {
    const rule = rules.get(id);
    if (!rule) {
      const hint = didYouMean(id, rules.keys()) || ' `backend-architect rules` lists them.';
      tell('project/disable-known', at, id, `There is no rule \`${id}\`.${hint}`);
      continue;
    }
    if (!canBeSilenced(id)) {
      tell('project/disable-known', at, id, unsilenced(id));
      continue;
    }
    if (!own.document.analysed || rule.dialect === 'project') continue;
    if (own.useOf.get(disable)?.get(id)?.used || severityOf(configuration, rule, own.document.file) === 'off') continue;
    tell('project/disable-used', at, id, unused(disable, id));
  }
}

function unsilenced(rule: string): string {
  return `${rule} cannot be disabled: it says what could not be read. Repair that place, or \`exclude\` the file in the configuration.`;
}

function unused(disable: Disable, rule: string): string {
  if (disable.scope === 'line' && disable.alone) {
    return `Nothing else stands on this line. To silence ${rule} on the line below, write ${disableWord}-next-line.`;
  }
  const where =
    disable.scope === 'file' ? 'in this file' : disable.scope === 'line' ? 'on this line' : 'on the next line';
  return `${rule} has nothing to say ${where}. Delete this disable.`;
}

function judgeEntry(entry: DisableEntry, own: InFile | undefined, input: DisableInput, tell: Tell): void {
  const rule = input.rules.get(entry.rule);
  if (!rule || entry.reason === '') return;
  const about = [entry.rule, entry.file, entry.at ?? ''].join(' ').trimEnd();
  if (!canBeSilenced(entry.rule)) {
    tell('project/disable-known', entry.span, about, unsilenced(entry.rule));
    return;
  }
  if (isExpired(entry, input.today)) {
    const message = `This disable ended on ${entry.until ?? ''}. Repair ${entry.file}, or set a later day.`;
    tell('project/disable-used', entry.span, about, message);
    return;
  }
  if (!own) {
    if (!input.complete) return;
    tell(
      'project/disable-used',
      entry.span,
      about,
      `${entry.file} is no document that is checked. Delete this disable, or correct its path.`,
    );
    return;
  }
  if (!own.document.analysed || rule.dialect === 'project') return;
  const weighed = own.entries.find((one) => one.entry === entry);
  if (weighed?.use.used || severityOf(input.configuration, rule, entry.file) === 'off') return;
  const where = entry.at === undefined ? entry.file : `${entry.at} of ${entry.file}`;
  tell(
    'project/disable-used',
    entry.span,
    about,
    `${entry.rule} has nothing to say about ${where}. Delete this disable.`,
  );
}
