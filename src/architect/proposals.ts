/** A proposal in an answer that our rules can judge. */
export interface Proposal {
  readonly dialect: 'sql' | 'openapi';
  readonly text: string;
}

/** The fenced blocks of an answer: those the rules can judge, and how many others there are. A block that is not closed is not judged. */
export interface Proposals {
  readonly judged: readonly Proposal[];
  /** What the blocks that are not judged hold, in words, one entry each. */
  readonly others: readonly string[];
}

/** A line that opens or closes a fenced block, as CommonMark has it, outside of lists and quotations. */
const fence = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/;
const changesSchema = /^\s*(?:CREATE|ALTER|DROP|TRUNCATE|COMMENT|GRANT|REVOKE|INSERT|UPDATE|DELETE|DO|BEGIN|SET)\b/im;

export function proposalsIn(answer: string): Proposals {
  const judged: Proposal[] = [];
  const others: string[] = [];
  let open: { mark: string; info: string; lines: string[] } | undefined;
  for (const line of answer.split('\n')) {
    const [, mark = '', info = ''] = fence.exec(line) ?? [];
    if (!open) {
      if (mark !== '' && !(mark.startsWith('`') && info.includes('`')))
        open = { mark, info: info.trim().toLowerCase(), lines: [] };
      continue;
    }
    if (mark === '' || info.trim() !== '' || !mark.startsWith(open.mark)) {
      open.lines.push(line);
      continue;
    }
    const text = `${open.lines.join('\n')}\n`;
    const [language = ''] = open.info.split(/\s/);
    if (/^(?:sql|postgres|postgresql|pgsql)$/.test(language) && changesSchema.test(text))
      judged.push({ dialect: 'sql', text });
    else if (/^(?:ya?ml|json|openapi)$/.test(language) && /^\s*["']?openapi["']?\s*:/m.test(text))
      judged.push({ dialect: 'openapi', text });
    else if (text.trim() !== '') others.push(language === '' ? 'text' : language);
    open = undefined;
  }
  if (open) others.push(`${open.info === '' ? 'text' : open.info}, cut off`);
  return { judged, others };
}

/**
 * The answer as it may be shown where a preview could be opened on it: outside of fenced blocks, images and HTML are shown as the text they are, so that
 * nothing is fetched from anywhere. Formulas are text too: what a preview takes for one must not hide a fence from us.
 */
export function inert(answer: string): string {
  let open: string | undefined;
  const lines = answer.split('\n').map((line) => {
    const [, mark = '', info = ''] = fence.exec(line) ?? [];
    if (open !== undefined) {
      if (mark.startsWith(open) && info.trim() === '') open = undefined;
      return line;
    }
    if (mark !== '' && !(mark.startsWith('`') && info.includes('`'))) {
      open = mark;
      return line;
    }
    return line
      .replaceAll('![', '!\\[')
      .replaceAll(/<(?=[a-z/!?])/gi, '\\<')
      .replaceAll('$$', '\\$\\$');
  });
  return lines.join('\n');
}
