import type { Configuration } from './configuration.ts';
import type { RawFinding } from './finding.ts';
import type { Problem, RuleMeta } from './rule.ts';
import { lineBreakOf, type TextEdit } from './text.ts';

/**
 * Documents that are read whole at every change: task files, hand-off files, commit messages. They are short, so there are no pieces; a dialect
 * is a function from text to facts, and rules that look at the facts.
 */
export interface WholeWorld {
  /** The text of a file inside the project; undefined where there is none, or it is no text. */
  read(path: string): string | undefined;
  /** What stands at a path inside the project, links out of it not followed. */
  kind(path: string): 'file' | 'folder' | undefined;
  /** SHA-256 of a file's bytes in lower-case hexadecimal; undefined where there is no such file inside the project. */
  sha256(path: string): string | undefined;
  readonly configuration: Configuration;
  /** The day it is, YYYY-MM-DD. */
  readonly today: string;
}

/** Edits for a repair; offsets count from the document's start. */
export interface WholeEditor {
  readonly text: string;
  /** The document's own line break. */
  readonly lineBreak: string;
  replace(span: TextEdit['span'], newText: string): TextEdit;
  insert(at: number, newText: string): TextEdit;
}

/** What a rule over such documents declares besides its meta data. */
export interface WholeRuleParts<Dialect extends string, Facts> {
  readonly dialect: Dialect;
  /** Spans count from the document's start. */
  visit(facts: Facts, world: WholeWorld): Iterable<Problem<WholeEditor> & { readonly symbol: string }>;
}

export interface WholeSource {
  readonly file: string;
  readonly text: string;
}

/** A dialect with its own facts hidden. */
export interface WholeDialect {
  readonly id: 'task' | 'handoff' | 'commit';
  /** As people call such a document: `Task file`. */
  readonly title: string;
  /** Whether a path, from the project's root, is such a document. */
  isFile(file: string, configuration: Configuration): boolean;
  /** Where it stands where the project says nothing else; undefined where it is judged only while it is open. */
  place(configuration: Configuration): string | undefined;
  judge(source: WholeSource, rules: readonly RuleMeta[], world: WholeWorld): readonly RawFinding[];
  /** The edits that repair one finding, made by its rule alone on this text. */
  planFix(
    source: WholeSource,
    rules: readonly RuleMeta[],
    world: WholeWorld,
    finding: RawFinding,
  ): readonly TextEdit[] | undefined;
}

export interface WholeDialectParts<Id extends WholeDialect['id'], Facts> {
  readonly id: Id;
  readonly title: string;
  isFile(file: string, configuration: Configuration): boolean;
  place(configuration: Configuration): string | undefined;
  /** Never throws. */
  lower(text: string, configuration: Configuration): Facts;
}

/** Makes a dialect of its reader. */
export function wholeDialect<Id extends WholeDialect['id'], Facts>(parts: WholeDialectParts<Id, Facts>): WholeDialect {
  type Own = RuleMeta & WholeRuleParts<Id, Facts>;
  const own = (rules: readonly RuleMeta[]): Own[] =>
    rules.filter((rule): rule is Own => 'dialect' in rule && rule.dialect === parts.id);
  function* problems(
    rules: readonly Own[],
    { text }: WholeSource,
    world: WholeWorld,
  ): Generator<{ readonly rule: string; readonly problem: Problem<WholeEditor> & { readonly symbol: string } }> {
    const facts = parts.lower(text, world.configuration);
    for (const rule of rules) for (const problem of rule.visit(facts, world)) yield { rule: rule.id, problem };
  }
  return {
    id: parts.id,
    title: parts.title,
    isFile: (file, configuration) => parts.isFile(file, configuration),
    place: (configuration) => parts.place(configuration),
    judge: (source, rules, world) =>
      [...problems(own(rules), source, world)].map(({ rule, problem }): RawFinding => {
        const { at, message, symbol, cause = symbol, related = [], fix } = problem;
        return {
          file: source.file,
          rule,
          message,
          span: at,
          symbol,
          cause,
          related: related.map((one) => ({ place: { file: source.file, span: one.at }, message: one.message })),
          ...(fix ? { fix: { kind: fix.kind, title: fix.title } } : {}),
        };
      }),
    planFix: (source, rules, world, finding) => {
      const rule = own(rules).filter(({ id }) => id === finding.rule);
      for (const { problem } of problems(rule, source, world)) {
        if (problem.symbol !== finding.symbol || problem.message !== finding.message || !problem.fix) continue;
        if (problem.at.start !== finding.span.start) continue;
        return [...problem.fix.edits(editorOf(source.text))];
      }
      return undefined;
    },
  };
}

function editorOf(text: string): WholeEditor {
  return {
    text,
    lineBreak: lineBreakOf(text),
    replace: (span, newText) => ({ span, newText }),
    insert: (at, newText) => ({ span: { start: at, end: at }, newText }),
  };
}
