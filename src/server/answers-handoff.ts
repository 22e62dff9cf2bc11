import { URI } from 'vscode-uri';
import { roleOf, roles } from '../catalogue/roles.ts';
import { handoffDialect } from '../core/handoff/dialect.ts';
import { textOf } from '../core/handoff/facts.ts';
import { objectOf, readJson } from '../core/handoff/read-json.ts';
import { isMigrationPath } from '../core/sql/migrations.ts';
import { filesUnder } from '../platform/files.ts';
import { git } from '../platform/git.ts';
import type { HandoffPorts } from '../workflow/handoff/gather.ts';
import { acceptInbound } from '../workflow/handoff/inbound.ts';
import { openCount, planHandoff } from '../workflow/handoff/write.ts';
import { leadsOut } from '../workflow/ports.ts';
import type { AnswerContext } from './answers.ts';
import type { Answers } from './answers-workflow.ts';
import type { Project } from './projects.ts';
import type { HandoffQuestions } from './protocol-handoff.ts';

/** Where work goes most often; what is suggested where nothing is said. */
const [likeliest] = roles;

/** How the questions about hand-offs are answered. */
export const handoffAnswers: Answers<HandoffQuestions> = {
  'backendArchitect/handoffQuestions': async (context, { folder }) => {
    const known = await at(context, folder);
    if ('refusal' in known) return known;
    const { ports, project, text } = known;
    const root = objectOf(readJson(text ?? ''));
    const next = textOf(root, 'next_agent')?.text.trim();
    const outcome = await planHandoff(ports, next ? {} : { next: likeliest?.name }, text);
    if ('refusal' in outcome) return outcome;
    const { gates } = outcome.plan;
    return {
      uri: project.uriOf(ports.configuration.handoffFile),
      exists: text !== undefined,
      ...(next ? { next: roleOf(next)?.name ?? next } : {}),
      roles: roles.filter(({ slug }) => slug !== 'backend-architect').map(({ name, takes }) => ({ name, takes })),
      instructions: textOf(root, 'instructions')?.text ?? '',
      gates: gates.map(({ title, items }) => ({ title, items })),
      open: openCount(gates),
    };
  },
  'backendArchitect/planHandoff': async (context, { folder, said }) => {
    const known = await at(context, folder);
    if ('refusal' in known) return known;
    const outcome = await planHandoff(known.ports, said, known.text);
    if ('refusal' in outcome) return outcome;
    const { file, oldText, newText, edits, summary } = outcome.plan;
    return {
      uri: known.project.uriOf(file),
      ...(oldText === undefined ? {} : { oldText }),
      newText,
      edits: edits.map(({ span, newText: own }) => ({ ...span, newText: own })),
      summary,
    };
  },
  'backendArchitect/checkHandoff': async (context, { folder }) => {
    const project = context.project(folder);
    if (!project) return noFolder;
    const { live } = project;
    const file = live.configuration.handoffFile;
    const text = live.text(file);
    if (text === undefined) return { refusal: `There is no ${file}. Run the command Write Hand-off.` };
    const raw = live.whole.judge(handoffDialect, { file, text }, live.configuration);
    const { findings } = live.weigh(file, text, raw);
    return { uri: project.uriOf(file), findings: findings.filter((finding) => finding.file === file).length };
  },
  'backendArchitect/planInbound': async (context, { folder }) => {
    const project = context.project(folder);
    if (!project) return { files: [], asks: [], problems: [], ...noFolder };
    const files = filesUnder(URI.parse(folder).fsPath);
    const plan = await acceptInbound({ files, configuration: project.live.configuration, isMigrationPath });
    return {
      files: plan.files,
      problems: plan.problems,
      asks: plan.asks.map(({ file, line, text, state, shownBy, draft }) => ({
        uri: project.uriOf(file),
        file,
        line,
        text,
        state,
        ...(shownBy === undefined ? {} : { shownBy }),
        ...(draft === undefined ? {} : { draft }),
      })),
    };
  },
};

const noFolder = { refusal: 'This folder is not open. Open it, then try again.' };

interface Known {
  readonly ports: HandoffPorts;
  readonly project: Project;
  /** The present hand-off as the editor has it, saved or not. */
  readonly text: string | undefined;
}

async function at(context: AnswerContext, folder: string): Promise<Known | { readonly refusal: string }> {
  const project = context.project(folder);
  if (!project) return noFolder;
  const { live } = project;
  const root = URI.parse(folder).fsPath;
  const { configuration } = live;
  const files = filesUnder(root);
  const file = configuration.handoffFile;
  const isOpen = live.version(file) !== undefined;
  const text = isOpen ? live.text(file) : files.readTarget(file);
  if (text === undefined && (await files.kind(file)) !== undefined) {
    const read = await files.read(file);
    return { refusal: `${file} was not written: it cannot be read. ${'problem' in read ? read.problem : leadsOut}` };
  }
  const [reviewed] = await context.reviews.settled(folder);
  if (!reviewed) return noFolder;
  const ports: HandoffPorts = {
    files,
    configuration,
    isMigrationPath,
    review: async () => reviewed.review,
    commit: async () => {
      const outcome = await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
      return outcome?.exit === 0 ? outcome.stdout.trim() : undefined;
    },
    now: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  // Editors have a text without its byte order mark.
  return { ports, project, text: text?.replace(/^\uFEFF/, '') };
}
