import { lineIndex, type Span } from '../../src/core/text.ts';

/** What a caret line expects: this severity, and a message that begins so, at these characters of the text without its caret lines. */
export interface Expected {
  readonly severity: string;
  readonly message: string;
  readonly span: Span;
}

/** An example's text without its caret lines, and what those ask for. */
export interface MarkedText {
  readonly text: string;
  readonly expected: readonly Expected[];
}

const caretLine = /^(\s*(?:#|--|\/\/)?\s*)(\^+) (error|warning|info|hint): (.*)$/;

/**
 * Takes the caret lines out of an example: `#   ^^^ error: message` marks those columns of the last line above that is no caret line;
 * several may follow one line. The comment sign may be left out, so that the first columns can be marked too.
 */
export function readCarets(example: string): MarkedText {
  const kept: string[] = [];
  const marks: { line: number; from: number; length: number; severity: string; message: string }[] = [];
  for (const line of example.split('\n')) {
    const match = caretLine.exec(line);
    if (!match) kept.push(line);
    else {
      const [, before = '', carets = '', severity = '', message = ''] = match;
      marks.push({ line: kept.length - 1, from: before.length, length: carets.length, severity, message });
    }
  }
  const text = kept.join('\n');
  const index = lineIndex(text);
  const expected = marks.map(({ line, from, length, severity, message }) => {
    const start = index.lineStart(line) + from;
    return { severity, message, span: { start, end: start + length } };
  });
  return { text, expected };
}

/** The same for an example of several files. */
export function readExampleFiles(example: Readonly<Record<string, string>>): Map<string, MarkedText> {
  return new Map(Object.entries(example).map(([path, marked]) => [path, readCarets(marked)]));
}
