/** A finding as it is shown: what of it matters here. */
interface Mark {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

export interface LateInPorts {
  /** The line of a document that somebody types on just now; undefined where nobody does. */
  typedLine(uri: string): number | undefined;
  /** Calls back once after the pause; returns what takes that back. */
  afterPause(call: () => void): () => void;
}

/** Late in, early out: what is new on the line that somebody types on waits for a pause, what is gone goes at once. */
export interface LateIn<One extends Mark> {
  /** The newest findings of a document; `show` is called with those that are shown now, and again with all when the pause has come. */
  take(uri: string, marks: readonly One[], show: (marks: One[]) => void): void;
  /** Somebody typed, or moved the cursor. */
  moved(uri: string): void;
  forget(uri: string): void;
}

interface Held<One> {
  readonly marks: readonly One[];
  readonly show: (marks: One[]) => void;
  shown: ReadonlySet<string>;
  line: number | undefined;
  stop: (() => void) | undefined;
}

export function lateIn<One extends Mark>(ports: LateInPorts): LateIn<One> {
  const documents = new Map<string, Held<One>>();
  const settle = (uri: string, held: Held<One>): void => {
    held.stop?.();
    held.stop = undefined;
    const line = ports.typedLine(uri);
    const now = held.marks.filter((one) => line === undefined || !touches(one, line) || held.shown.has(one.message));
    held.line = now.length < held.marks.length ? line : undefined;
    held.shown = new Set(now.map(({ message }) => message));
    held.show([...now]);
    wait(uri, held);
  };
  const wait = (uri: string, held: Held<One>): void => {
    held.stop?.();
    if (held.line === undefined) return;
    held.stop = ports.afterPause(() => {
      held.stop = undefined;
      if (documents.get(uri) === held) settle(uri, held);
    });
  };
  return {
    take: (uri, marks, show) => {
      const before = documents.get(uri);
      before?.stop?.();
      const held: Held<One> = { marks, show, shown: before?.shown ?? new Set(), line: undefined, stop: undefined };
      documents.set(uri, held);
      settle(uri, held);
    },
    moved: (uri) => {
      const held = documents.get(uri);
      if (held?.line === undefined) return;
      if (ports.typedLine(uri) === held.line) wait(uri, held);
      else settle(uri, held);
    },
    forget: (uri) => {
      documents.get(uri)?.stop?.();
      documents.delete(uri);
    },
  };
}

function touches({ range: { start, end } }: Mark, line: number): boolean {
  return start.line <= line && line <= end.line;
}
