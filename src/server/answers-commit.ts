import { dirname } from 'node:path';
import type { CompletionItem, CompletionItemKind, Position } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { addTrailers, printMessage } from '../core/commit/compose.ts';
import { commitDialect } from '../core/commit/dialect.ts';
import { readCommitMessage } from '../core/commit/message.ts';
import { type Configuration, defaultConfiguration } from '../core/configuration.ts';
import { report } from '../core/report.ts';
import { systemClock } from '../platform/clock.ts';
import { git } from '../platform/git.ts';
import { type CommitCompletion, completeCommit } from '../workflow/commit/complete.ts';
import { planCommit, usedScopes } from '../workflow/commit/plan.ts';
import { readHistory } from '../workflow/commit/repository.ts';
import type { AnswerContext } from './answers.ts';
import type { Answers } from './answers-workflow.ts';
import type { OpenDocument } from './projects.ts';
import type { CommitQuestions } from './protocol-commit.ts';

/** The configuration of the workspace folder that is the repository, lies in it, or holds it. */
function configurationFor({ folders }: AnswerContext, repository: string): Configuration {
  const within = (inner: string, outer: string): boolean => `${inner}/`.startsWith(`${outer.replace(/\/$/, '')}/`);
  const own =
    folders.find(({ uri }) => uri === repository) ??
    folders.find(({ uri }) => within(repository, uri)) ??
    folders.find(({ uri }) => within(uri, repository));
  return own?.project.live.configuration ?? defaultConfiguration;
}

/** How the questions about commits are answered. */
export const commitAnswers: Answers<CommitQuestions> = {
  'backendArchitect/planCommit': (context, { repository, all }) => {
    const folder = URI.parse(repository).fsPath;
    return planCommit((args) => git(folder, args), configurationFor(context, repository), all);
  },
  'backendArchitect/composeCommit': async (_, message) => ({ text: printMessage(message) }),
  'backendArchitect/addTrailers': async (_, { text, trailers }) => {
    const { text: after, count } = addTrailers(text, trailers);
    return { text: after, added: count };
  },
  'backendArchitect/checkCommit': async (context, { repository, text }) => {
    const configuration = configurationFor(context, repository);
    const file = '.git/COMMIT_EDITMSG';
    const today = systemClock.today();
    const nothing = (): undefined => undefined;
    const world = { read: nothing, kind: nothing, sha256: nothing, configuration, today };
    const { findings } = report({
      rules: context.rules,
      configuration: { ...configuration, problems: [], disables: [] },
      findings: commitDialect.judge({ file, text }, context.rules, world),
      documents: [{ file, text, analysed: true }],
      complete: false,
      today,
    });
    return {
      findings: findings.map(({ range: { start }, severity, rule, message }) => ({
        ...start,
        severity,
        rule,
        message,
      })),
      empty: readCommitMessage(text).kind === 'empty',
    };
  },
};

/** Scopes are read from the history once in so many milliseconds. */
const keptMs = 30_000;
const histories = new Map<
  string,
  { readonly at: number; readonly scopes: Promise<readonly (readonly [string, number])[]> }
>();

function scopesAround(folder: string): Promise<readonly (readonly [string, number])[]> {
  const now = systemClock.now();
  const known = histories.get(folder);
  if (known && now - known.at < keptMs) return known.scopes;
  const scopes = readHistory((args) => git(folder, args)).then(usedScopes);
  histories.set(folder, { at: now, scopes });
  return scopes;
}

/** Enum member, module, property and value, by the protocol's numbers. */
const kinds: Readonly<Record<CommitCompletion['kind'], CompletionItemKind>> = {
  type: 20,
  scope: 9,
  key: 10,
  value: 12,
};

/** What can be written at a place of an open commit message. */
export async function commitCompletions(one: OpenDocument, position: Position): Promise<readonly CompletionItem[]> {
  const { document, project } = one;
  const scopes = await scopesAround(dirname(URI.parse(document.uri).fsPath));
  const words = { types: project.live.configuration.commitTypes, scopes };
  return completeCommit(document.getText(), document.offsetAt(position), words).map(
    ({ kind, label, detail, insert, replace }, index) => ({
      label,
      detail,
      kind: kinds[kind],
      // As they are suggested: the most used scope first, the trailers in their order.
      sortText: String(index).padStart(4, '0'),
      textEdit: {
        range: { start: document.positionAt(replace.start), end: document.positionAt(replace.end) },
        newText: insert,
      },
    }),
  );
}
