/** What was taken out of texts before they are sent, counted by what it looked like. */
export type Redactions = Map<string, number>;

interface Shape {
  readonly name: string;
  readonly pattern: RegExp;
  /** The part that is secret, where that is not the whole match. */
  readonly group?: true;
}

// Every quantifier is bounded or starts once per run of its characters: texts of a workspace may be hostile.
const shapes: readonly Shape[] = [
  { name: 'JSON Web Token', pattern: /(?<![\w-])eyJ[\w-]{5,8000}\.[\w-]{2,8000}(?:\.[\w-]{0,8000})?/g },
  { name: 'Anthropic key', pattern: /(?<![\w-])sk-ant-[\w-]{8,300}/g },
  { name: 'API key', pattern: /(?<![\w-])sk-[\w-]{20,300}/g },
  { name: 'Stripe key', pattern: /(?<![\w-])(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,300}/g },
  { name: 'AWS key', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g },
  { name: 'Google key', pattern: /(?<![\w-])AIza[\w-]{35}/g },
  { name: 'GitHub token', pattern: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255})/g },
  { name: 'GitLab token', pattern: /(?<![\w-])glpat-[\w-]{16,255}/g },
  { name: 'Slack token', pattern: /(?<![\w-])xox[abeoprs]-[A-Za-z0-9-]{10,255}/g },
  { name: 'npm token', pattern: /(?<!\w)npm_[A-Za-z0-9]{36}/g },
  { name: 'SendGrid key', pattern: /(?<![\w-])SG\.[\w-]{16,100}\.[\w-]{16,100}/g },
  { name: 'password in an address', pattern: /:\/\/[^\s:@/'"`]{0,200}:([^\s'"`]{1,400})@/g, group: true },
  {
    name: 'credential',
    pattern: /(?<!\w)(?:bearer|basic)[ \t]{1,4}((?=[\w.~+/=-]{0,60}[\d=])[\w.~+/=-]{12,2000})/gi,
    group: true,
  },
  {
    name: 'password',
    pattern: /(?<![a-z])(?:password|passwd|pwd)[ \t]{0,4}[:=]?[ \t]{0,4}(?:'([^'\n]{1,200})'|"([^"\n]{1,200})")/gi,
    group: true,
  },
  {
    name: 'secret',
    pattern:
      /(?<![a-z])(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key)["']?[ \t]{0,4}[:=][ \t]{0,4}["']?((?=[^\s"',;]{0,60}\d)[^\s"',;]{8,300})/gi,
    group: true,
  },
];

/** The text with what looks like a key, a token or a password replaced by what it looked like. `known` are secrets by their value. */
export function redact(text: string, found: Redactions, known: readonly string[] = []): string {
  let clean = withoutKeyBlocks(text, found);
  for (const secret of known) {
    if (secret === '' || !clean.includes(secret)) continue;
    count(found, 'Anthropic key', clean.split(secret).length - 1);
    clean = clean.replaceAll(secret, '[redacted: Anthropic key]');
  }
  for (const { name, pattern, group } of shapes) {
    clean = clean.replace(pattern, (whole: string, ...groups: unknown[]) => {
      const secret = group ? groups.slice(0, 2).find((one): one is string => typeof one === 'string') : whole;
      if (secret === undefined || secret.startsWith('[redacted')) return whole;
      count(found, name, 1);
      const at = whole.lastIndexOf(secret);
      return `${whole.slice(0, at)}[redacted: ${name}]${whole.slice(at + secret.length)}`;
    });
  }
  return clean;
}

/** A private key whose end is missing goes to the end of the text. */
function withoutKeyBlocks(text: string, found: Redactions): string {
  let clean = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf('-----BEGIN ', from);
    if (start < 0) return clean + text.slice(from);
    const head = /^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(text.slice(start, start + 80))?.[0];
    if (head === undefined) {
      clean += text.slice(from, start + 11);
      from = start + 11;
      continue;
    }
    count(found, 'private key', 1);
    clean += `${text.slice(from, start)}[redacted: private key]`;
    const end = text.indexOf('-----END ', start);
    if (end < 0) return clean;
    const close = text.indexOf('-----', end + 9);
    if (close < 0) return clean;
    from = close + 5;
  }
}

function count(found: Redactions, name: string, times: number): void {
  found.set(name, (found.get(name) ?? 0) + times);
}
