import { randomBytes } from 'node:crypto';
import type { Finding } from '../core/finding.ts';
import type { Review } from '../core/review.ts';
import { systemText } from './prompt.ts';
import { redact, type Redactions } from './redact.ts';

/** What goes with a question. */
export interface AskContext {
  /** The review of each folder, with the folder's name. */
  readonly reviews: readonly { readonly name: string; readonly review: Review }[];
}

/** The body of `POST /v1/messages`, exactly as it is sent. */
export interface RequestBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream: true;
  readonly system: string;
  readonly messages: [{ readonly role: 'user'; readonly content: string }];
}

/** A question made ready: nothing has been sent yet. */
export interface Prepared {
  readonly body: RequestBody;
  /** Without the model's own count, which would have to be asked for over the network. */
  readonly aboutTokens: number;
  /** Findings that go with it. */
  readonly findings: number;
  /** The review goes with it. */
  readonly review: boolean;
  /** What was left out or taken out, one sentence each. */
  readonly notes: readonly string[];
}

/** At most so many findings are sent, in at most so many characters. */
const findingLimit = 80;
const findingCharacters = 60_000;
/** At most so many characters of the review. */
const reviewCharacters = 60_000;
/** Of one text out of the workspace. */
const textCharacters = 600;
/** An answer that needs more than this is told to be cut off. */
const answerTokens = 16_000;

const weights = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** Makes the request for a question. `secrets` are texts that must not be sent, whatever they look like. */
export function prepare(
  question: string,
  context: AskContext,
  model: string,
  secrets: readonly string[] = [],
): Prepared {
  const found: Redactions = new Map();
  const clean = (text: string): string => short(redact(text, found, secrets), textCharacters);
  const notes: string[] = [];
  const findings = findingLines(context, clean, notes);
  const review = reviewLines(context, clean, notes);
  const asked = redact(question.trim(), found, secrets);

  const told = [...findings, ...review].join('\n');
  let boundary: string;
  do boundary = randomBytes(16).toString('hex');
  while (told.includes(boundary) || asked.includes(boundary));
  const block = (kind: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `BEGIN DATA ${boundary} (${kind})\n${lines.join('\n')}\nEND DATA ${boundary}\n\n`;
  const left = notes.length === 0 ? '' : `Of the data: ${notes.join(' ')}\n\n`;
  const without = findings.length + review.length === 0 ? 'No findings and no review were sent with it.\n\n' : '';
  const content = `${block('checklist items with their evidence, one JSON object per line', review)}${block(
    'findings of the rules, worst first, one JSON object per line',
    findings,
  )}${left}${without}The question of the person who asks:\n${asked}`;
  for (const [name, times] of found) notes.push(`Taken out: ${times} × ${name}.`);
  const body: RequestBody = {
    model,
    max_tokens: answerTokens,
    stream: true,
    system: systemText(boundary),
    messages: [{ role: 'user', content }],
  };
  return {
    body,
    aboutTokens: aboutTokens(body.system) + aboutTokens(content),
    findings: findings.length,
    review: review.length > 0,
    notes,
  };
}

/** English text and code have between three and four bytes to a token; a little too many is better than too few. */
function aboutTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3.4);
}

function findingLines({ reviews }: AskContext, clean: (text: string) => string, notes: string[]): readonly string[] {
  const byPrint = new Map<string, { folder: string; finding: Finding; items: string[] }>();
  let known = 0;
  for (const { name, review } of reviews) {
    for (const { items } of review.checklists) {
      for (const item of items) {
        known += Math.max(0, item.findingCount - item.findings.length);
        for (const finding of item.findings) {
          const key = `${name}\n${finding.fingerprint}`;
          const own = byPrint.get(key);
          if (!own) byPrint.set(key, { folder: name, finding, items: [item.id] });
          else if (!own.items.includes(item.id)) own.items.push(item.id);
        }
      }
    }
  }
  const order = [...byPrint.values()].sort(
    (a, b) =>
      weights[a.finding.severity] - weights[b.finding.severity] ||
      Number(a.finding.status === 'known') - Number(b.finding.status === 'known'),
  );
  const lines: string[] = [];
  let characters = 0;
  for (const { folder, finding, items } of order) {
    const line = JSON.stringify({
      fingerprint: finding.fingerprint,
      severity: finding.severity,
      rule: finding.rule,
      place: clean(`${finding.file}:${finding.range.start.line + 1}`),
      message: clean(finding.message),
      certainty: finding.certainty,
      ...(finding.status === 'known' ? { status: 'known' } : {}),
      items,
      ...(reviews.length > 1 ? { folder: clean(folder) } : {}),
    });
    characters += line.length;
    if (lines.length >= findingLimit || characters > findingCharacters) break;
    lines.push(line);
  }
  const left = order.length - lines.length;
  if (left > 0) notes.push(`${counted(left, 'finding')} less severe than these left out for their number.`);
  if (known > 0) notes.push(`Some items have more findings than the review lists.`);
  return lines;
}

function reviewLines({ reviews }: AskContext, clean: (text: string) => string, notes: string[]): readonly string[] {
  const lines: string[] = [];
  let characters = 0;
  let left = 0;
  const add = (line: string): void => {
    characters += line.length;
    if (characters > reviewCharacters) left++;
    else lines.push(line);
  };
  for (const { name, review } of reviews) {
    const { project, checklists, notAnalysed, documents } = review;
    add(
      JSON.stringify({
        project: clean(name),
        madeAt: review.madeAt,
        ...(project.branch === undefined ? {} : { branch: clean(project.branch) }),
        documents,
        notAnalysed: notAnalysed.slice(0, 20).map(({ file, reason }) => clean(`${file}: ${reason}`)),
        checklists: checklists.map(({ id, verdict }) => ({ id, verdict: clean(verdict) })),
      }),
    );
    // What is open first: that is what questions are about.
    const items = checklists.flatMap(({ items }) => items);
    const isOpen = (state: string): boolean => state === 'broken' || state === 'unshown' || state === 'stale';
    const settled = items.filter(({ state }) => !isOpen(state));
    for (const item of [...items.filter(({ state }) => isOpen(state)), ...settled]) {
      add(
        JSON.stringify({
          item: item.id,
          title: item.title,
          says: clean(item.says),
          state: item.state,
          shown: clean(item.line),
          evidence: item.evidence.slice(0, 6).map(({ kind, verdict, text }) => `${kind} ${verdict}: ${clean(text)}`),
        }),
      );
    }
  }
  if (left > 0) notes.push(`${counted(left, 'checklist item')} left out for their length.`);
  return lines;
}

function short(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
