import { roles } from '../../catalogue/roles.ts';
import { agentTrailers, readCommitMessage } from '../../core/commit/message.ts';
import type { Span } from '../../core/text.ts';

/** Something that can be written at a place of a message. */
export interface CommitCompletion {
  readonly kind: 'type' | 'scope' | 'key' | 'value';
  readonly label: string;
  readonly detail: string;
  readonly insert: string;
  /** What it stands in place of. */
  readonly replace: Span;
}

export interface CommitWords {
  readonly types: readonly string[];
  /** Scopes that are in use, each with how often. */
  readonly scopes: readonly (readonly [string, number])[];
}

const typeDetails: Readonly<Record<string, string>> = {
  feat: 'Something new for callers',
  fix: 'Something that was wrong',
  refactor: 'Another form, the same behaviour',
  docs: 'Documents only',
  test: 'Tests only',
  chore: 'Build, settings, dependencies',
};

const keyDetails: Readonly<Record<string, string>> = {
  Agent: 'The role that made the change',
  Domain: 'The role’s domain',
  Feature: 'The feature it belongs to',
  Story: 'The story it belongs to',
  Manifest: 'The manifest it follows',
  'Handoff-To': 'The role that goes on with it',
};

/** What can be written at `offset`: types and scopes in the first line, trailers and their values behind it. */
export function completeCommit(text: string, offset: number, words: CommitWords): readonly CommitCompletion[] {
  const { header, lines, kind } = readCommitMessage(text);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  const line = lines.find((one) => one.start <= offset && offset <= one.end && one.kind === 'comment');
  const beyond = lines.at(-1)?.next ?? 0;
  if (line || kind === 'git' || offset > Math.max(beyond, start)) return [];
  if (!header || offset <= header.at.end) {
    const scope = /^[\w-]+\(([^()]*)$/.exec(before)?.[1];
    if (scope !== undefined) return scopes(words, { start: offset - scope.length, end: offset });
    return /^[\w-]*$/.test(before) ? types(words, { start, end: offset }) : [];
  }
  const value = /^([A-Za-z-]+):[ \t]*(\S*)$/.exec(before);
  if (value) return values(value[1] ?? '', { start: offset - (value[2] ?? '').length, end: offset }, before);
  if (!/^[A-Za-z-]*$/.test(before)) return [];
  // The line that is being written is no trailer yet, and would keep the others from being any.
  const newline = text.indexOf('\n', offset);
  const { block, strays } = readCommitMessage(text.slice(0, start) + (newline < 0 ? '' : text.slice(newline + 1)));
  const there = new Set([...block.trailers, ...strays].map(({ key }) => key.toLowerCase()));
  return agentTrailers
    .filter((key) => !there.has(key.toLowerCase()))
    .map((key) => ({
      kind: 'key',
      label: key,
      detail: keyDetails[key] ?? '',
      insert: `${key}: ${key === 'Agent' ? 'backend-architect' : key === 'Domain' ? 'engineering' : ''}`,
      replace: { start, end: offset },
    }));
}

function types({ types: known }: CommitWords, replace: Span): readonly CommitCompletion[] {
  return known.map((type) => ({ kind: 'type', label: type, detail: typeDetails[type] ?? '', insert: type, replace }));
}

function scopes({ scopes: known }: CommitWords, replace: Span): readonly CommitCompletion[] {
  return known.map(([scope, count]) => {
    const detail = `used ${count} time${count === 1 ? '' : 's'}`;
    return { kind: 'scope', label: scope, detail, insert: scope, replace };
  });
}

function values(key: string, replace: Span, before: string): readonly CommitCompletion[] {
  const gap = before.endsWith(':') ? ' ' : '';
  const known = key.toLowerCase();
  if (known === 'domain') {
    return [{ kind: 'value', label: 'engineering', detail: '', insert: `${gap}engineering`, replace }];
  }
  if (known !== 'handoff-to' && known !== 'agent') return [];
  return roles.map(({ slug, name }) => ({ kind: 'value', label: slug, detail: name, insert: gap + slug, replace }));
}
