import type { Span } from '../../src/core/text.ts';

/** A finding an example asks for. Offsets count from the start of the text without its caret lines. */
export interface ExpectedFinding {
  readonly span: Span;
  readonly severity: string;
  /** What its message begins with. */
  readonly message: string;
}

/** An example's text without its caret lines, and what those ask for. */
export interface MarkedText {
  readonly text: string;
  readonly expected: readonly ExpectedFinding[];
}

/** Where several places follow one another under a line: `--  ^^^ error: message`. The comment sign may stand right before the carets. */
const caretLine = /^(\s*(?:--|#|\/\/)\s*)(\^+) (error|warning|info|hint): (.*)$/;

/**
 * Takes the caret lines out of an example. A caret line marks the columns of the last line before it that is none itself, and says
 * severity and the beginning of the message; several may follow one line.
 */
export function readCarets(marked: string): MarkedText {
  const kept: string[] = [];
  const expected: ExpectedFinding[] = [];
  let lineStart = 0;
  let nextStart = 0;
  for (const line of marked.split('\n')) {
    const found = caretLine.exec(line);
    if (found === null) {
      lineStart = nextStart;
      nextStart += line.length + 1;
      kept.push(line);
      continue;
    }
    const [, before = '', carets = '', severity = '', message = ''] = found;
    const start = lineStart + before.length;
    expected.push({ span: { start, end: start + carets.length }, severity, message });
  }
  return { text: kept.join('\n'), expected };
}

/** The same for an example of several files. */
export function readExampleFiles(example: Readonly<Record<string, string>>): Map<string, MarkedText> {
  return new Map(Object.entries(example).map(([path, marked]) => [path, readCarets(marked)]));
}
