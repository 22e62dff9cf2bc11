import { faces, type ItemFace, type Review, type ReviewItem } from '../../core/review.ts';
import { counted } from './words.ts';

/** How text is coloured; not at all where nothing is said. */
export type ReviewPaint = (style: 'red' | 'yellow' | 'blue' | 'dim' | 'bold', text: string) => string;

const plain: ReviewPaint = (_, text) => text;

const styles: Readonly<Record<ItemFace, Parameters<ReviewPaint>[0]>> = {
  broken: 'red',
  unshown: 'bold',
  stale: 'yellow',
  met: 'dim',
  signed: 'blue',
  waived: 'dim',
  'not-applicable': 'dim',
};

/** So many evidences of an item are listed. */
const mostEvidence = 10;

/** So many documents that were not analysed are listed. */
const mostGaps = 20;

/** What is checked out: `shop-api, main, 3f2c1ab and 4 changed files`. */
export function projectText({ name, branch, commit, changed }: Review['project']): string {
  const files = changed === undefined || changed === 0 ? '' : ` and ${counted(changed, 'changed file')}`;
  return [name, branch, commit?.slice(0, 7)].filter((part) => part !== undefined).join(', ') + files;
}

/** For people: each checklist with its verdict, the worst items first, with their evidence where they are open. */
export function reviewText(review: Review, paint: ReviewPaint = plain): string {
  const lines = [paint('bold', harmless(projectText(review.project)))];
  for (const { title, verdict, items } of review.checklists) {
    lines.push('', `${paint('bold', title)}  ${verdict}`);
    const width = Math.max(...items.map((item) => item.title.length));
    for (const item of sorted(items)) {
      const word = item.word.padEnd(18);
      lines.push(
        `  ${paint(styles[item.face], word)}  ${item.title.padEnd(width)}  ${paint('dim', harmless(item.line))}  ${paint('dim', item.id)}`,
      );
      if (item.state !== 'broken' && item.state !== 'stale') continue;
      for (const { text } of item.evidence.slice(0, mostEvidence))
        lines.push(paint('dim', `${' '.repeat(22)}${harmless(text)}`));
    }
  }
  const gaps = review.refused.map(({ file, reason }) => `  ${harmless(file)}  ${harmless(reason)}`);
  if (gaps.length > 0) lines.push('', paint('bold', 'Records that are not believed'), ...gaps);
  if (review.notAnalysed.length > 0) {
    lines.push('', paint('bold', 'Not analysed'));
    const gaps = review.notAnalysed.slice(0, mostGaps);
    for (const { file, reason } of gaps) lines.push(`  ${harmless(file)}  ${harmless(reason)}`);
    const left = review.notAnalysed.length - gaps.length;
    if (left > 0) lines.push(`  and ${left} more: --format json lists them all`);
  }
  if (!review.hasDocuments) lines.push('', nothingFound);
  return `${lines.join('\n')}\n`;
}

/** What is said where there is nothing to review. */
export const nothingFound = 'No OpenAPI document and no migration was found below this folder, so nothing is ready.';

/** Items in the order in which they ask for attention. */
export function sorted(items: readonly ReviewItem[]): readonly ReviewItem[] {
  return [...items].sort((a, b) => faces.indexOf(a.face) - faces.indexOf(b.face));
}

/** As a list, for pull requests and notes. */
export function reviewMarkdown(review: Review): string {
  const lines = [`# Review of ${escaped(projectText(review.project))}`, '', `Made at ${review.madeAt}.`];
  if (!review.hasDocuments) lines.push('', nothingFound);
  for (const { title, verdict, items } of review.checklists) {
    lines.push('', `## ${title}`, '', `${verdict.replace(/\.$/, '')}.`, '');
    for (const item of sorted(items)) {
      lines.push(`- **${item.word}**: ${escaped(item.title)} (${escaped(item.line)})`);
      if (item.state === 'unshown') continue;
      for (const { text } of item.evidence.slice(0, mostEvidence)) lines.push(`  - ${escaped(text)}`);
    }
  }
  if (review.refused.length > 0) {
    lines.push('', '## Records that are not believed', '');
    for (const { file, reason } of review.refused) lines.push(`- ${escaped(file)}: ${escaped(reason)}`);
  }
  if (review.notAnalysed.length > 0) {
    lines.push('', '## Not analysed', '');
    for (const { file, reason } of review.notAnalysed) lines.push(`- ${escaped(file)}: ${escaped(reason)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Text from documents, of no meaning to Markdown or HTML. */
function escaped(text: string): string {
  return harmless(text).replaceAll(/[\\`*_[\]<>|~#!&$@]/g, (char) => (char === '@' ? '&#64;' : `\\${char}`));
}

/** Text from documents, without control, direction or line-breaking characters. */
function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
