import { severities } from '../core/finding.ts';
import { recognise } from '../core/recognise.ts';
import { systemClock } from '../platform/clock.ts';
import { enginesFor } from '../platform/engines.ts';
import { checkProject } from '../workflow/check.ts';
import type { Files } from '../workflow/ports.ts';
import type { AnswerContext } from './answers.ts';
import type { ProposalQuestions, TextVerdict } from './protocol-architect.ts';
import type { Refused } from './protocol-review.ts';

/** In characters. */
const longest = 200_000;
const noWorkspaceFile = { problem: 'A proposal is judged without the files of the workspace.' } as const;

/** Judges a text that is no file. References out of it lead nowhere; it is judged as it stands. */
async function judgeText(
  { rules, folders, project }: AnswerContext,
  { folder, dialect, text }: ProposalQuestions['backendArchitect/judgeText']['ask'],
): Promise<TextVerdict | Refused> {
  if (text.length > longest) return { refusal: 'It is longer than 200,000 characters.' };
  if (dialect === 'openapi' && typeof recognise(text, true) !== 'object')
    return { refusal: 'It is no whole API description: paste it into one, and it is checked there.' };
  const configured = folder === undefined ? folders[0]?.project : project(folder);
  const file = dialect === 'sql' ? 'proposal.sql' : 'proposal.yaml';
  const { findings, notAnalysed } = await checkProject({
    files: noFiles,
    clock: systemClock,
    engines: enginesFor(rules),
    rules,
    isMigrationPath: () => false,
    targets: [{ kind: 'text', file, text }],
    ...(configured ? { configuration: configured.live.configuration } : {}),
  });
  const own = findings.filter((one) => one.file === file);
  return {
    findings: own
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
      .map(({ range, rule, message }) => ({ line: range.start.line + 1, rule, message })),
    notAnalysed: notAnalysed.flatMap((one) => (one.file === file ? [one.reason] : [])),
  };
}

/** A proposal may name any path: none of them is read. */
const noFiles: Files = {
  list: async () => undefined,
  kind: async () => undefined,
  head: async () => noWorkspaceFile,
  read: async () => noWorkspaceFile,
  kindNow: () => undefined,
  sha256Now: () => undefined,
  readTarget: () => undefined,
};

export const proposalAnswers = { 'backendArchitect/judgeText': judgeText };
