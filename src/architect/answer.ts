import type { Ending, Usage } from './ask.ts';
import { inert } from './proposals.ts';

/** What our rules say of one proposal in an answer. */
export interface Check {
  /** `SQL` or `API description`. */
  readonly what: string;
  /** Why it was not judged. */
  readonly refusal?: string;
  /** What breaks our rules, worst first. Lines are counted from 1. */
  readonly findings: readonly { readonly line: number; readonly rule: string; readonly message: string }[];
  /** What of it no rule has judged. */
  readonly notAnalysed: readonly string[];
}

/** What is known of an answer while it comes. */
export interface Answer {
  readonly question: string;
  /** What went with it: `12 findings and the review`. */
  readonly sent: string;
  readonly to: string;
  readonly text: string;
  /** The exact size of what was sent. */
  readonly counted?: number;
  /** Why nothing comes just now. */
  readonly waits?: string;
  readonly ending?: Ending;
  readonly checks?: readonly Check[];
  /** The rules are still at it. */
  readonly checking?: boolean;
  /** Blocks that are neither a migration nor an API description. */
  readonly unchecked?: readonly string[];
  /** Of the session, this answer included. */
  readonly total?: { readonly questions: number; readonly usage: Usage };
}

/** The text of the answer's document. */
export function answerText(answer: Answer): string {
  const { question, sent, to, text, ending } = answer;
  const counted = answer.counted === undefined ? '' : ` (${number(answer.counted)} tokens)`;
  const parts = [
    '# Ask the Architect',
    inert(question)
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
    `Sent to ${to}: ${sent}${counted}.`,
    '---',
  ];
  const said = closed(inert(text), ending !== undefined);
  if (said.trim() !== '') parts.push(said.trimEnd());
  if (!ending) {
    parts.push(answer.waits ?? (text === '' ? `Waiting for ${to} …` : '…'));
    return `${parts.join('\n\n')}\n`;
  }
  parts.push('---');
  if (ending.text !== '')
    parts.push(`**${ending.how === 'complete' ? 'Note' : heading[ending.how]}** ${inert(ending.text)}`);
  parts.push(...checkTexts(answer));
  if (ending.usage) {
    const model = ending.model === undefined ? '' : `${inert(ending.model)}: `;
    parts.push(`${model}${usageText(ending.usage)}.`);
  }
  if (answer.total && answer.total.questions > 1)
    parts.push(`This session, ${answer.total.questions} questions: ${usageText(answer.total.usage)}.`);
  parts.push('What Claude writes can be wrong. Nothing of it was applied, and it is kept nowhere: copy what you need.');
  return `${parts.join('\n\n')}\n`;
}

const heading = {
  cut: 'Cut off.',
  refused: 'Declined.',
  cancelled: 'Incomplete.',
  failed: 'Not answered to the end.',
  complete: '',
} as const;

/** A block that the end of the answer left open is closed, so that what stands below is not taken for code. */
function closed(text: string, ended: boolean): string {
  if (!ended) return text;
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const [, mark = '', info = ''] = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/.exec(line) ?? [];
    if (open === undefined) open = mark === '' || (mark.startsWith('`') && info.includes('`')) ? undefined : mark;
    else if (mark.startsWith(open) && info.trim() === '') open = undefined;
  }
  return open === undefined ? text : `${text.trimEnd()}\n${open}`;
}

function checkTexts({ checks = [], checking = false, unchecked = [] }: Answer): string[] {
  const texts = checks.map(({ what, refusal, findings, notAnalysed }, index) => {
    const name = checks.length === 1 ? `The ${what} above` : `Block ${index + 1}, ${what}`;
    if (refusal !== undefined) return `Not checked: ${name}. ${inert(refusal)}`;
    const gaps = notAnalysed.map((reason) => `\n- Not checked: ${inert(reason)}`).join('');
    if (findings.length === 0) return `Checked by our rules: ${name}: no findings.${gaps}`;
    const lines = findings.map(({ line, rule, message }) => `\n- Line ${line}: ${inert(message)} (${rule})`).join('');
    return `Checked by our rules: ${name}: ${findings.length} finding${findings.length === 1 ? '' : 's'}. Repair them before you use it.${lines}${gaps}`;
  });
  if (checking) texts.push('The proposals above are being checked by our rules …');
  if (unchecked.length > 0)
    texts.push(`Not checked, neither a migration nor an API description: ${unchecked.map(inert).join(', ')}.`);
  return texts;
}

export function usageText({ input, output, cacheWritten, cacheRead }: Usage): string {
  const cache =
    cacheWritten + cacheRead === 0 ? '' : `, cache ${number(cacheWritten)} written, ${number(cacheRead)} read`;
  return `${number(input)} tokens in, ${number(output)} out${cache}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
