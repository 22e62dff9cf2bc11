import type { Span } from '../text.ts';

/** Something in a text that opens a door for whoever reads it. */
export interface Secret {
  /** As the end of a sentence: `a GitHub token`. */
  readonly what: string;
  readonly at: Span;
}

/** More are not told one by one. */
const mostSecrets = 1000;

/** Every quantifier in front of something else is bounded: whatever the text, it is gone through once. The group, where there is one, is the secret itself. */
const shapes: readonly { readonly what: string; readonly shape: RegExp }[] = [
  {
    what: 'a private key',
    shape:
      /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s\\]{0,20000}-----END [A-Z ]{0,40}-----)?/g,
  },
  { what: 'an AWS access key', shape: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { what: 'a GitHub token', shape: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g },
  { what: 'a GitLab token', shape: /\bglpat-[\w-]{20,255}/g },
  { what: 'a Slack token', shape: /\bxox[abeoprs]-[\w-]{10,255}/g },
  { what: 'a Stripe key', shape: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{10,300}/g },
  { what: 'an Anthropic or OpenAI key', shape: /\bsk-(?:ant-|proj-|svcacct-)?[\w-]{20,300}/g },
  { what: 'a Google API key', shape: /\bAIza[\w-]{35}/g },
  { what: 'an npm token', shape: /\bnpm_[A-Za-z0-9]{36}/g },
  { what: 'a SendGrid key', shape: /\bSG\.[\w-]{16,100}\.[\w-]{16,100}/g },
  { what: 'a signed token (JWT)', shape: /\beyJ[\w-]{8,4000}\.eyJ[\w-]{8,4000}\.[\w-]{8,4000}/g },
  {
    what: 'an address with a password',
    shape: /\b[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s"'/:@]{0,80}:([^\s"'/@]{1,200})@/g,
  },
  { what: 'a bearer token', shape: /\bBearer ([A-Za-z0-9._~+/-]{20,200})/g },
  {
    what: 'a password or key with its value',
    shape:
      /(?:password|passwd|pwd|secret|token|api_?key|access_?key|private_?key)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?([^\s"'\\,;&]{8,200})/gi,
  },
];

const placeholder =
  /^(?:<.*>?|\$.*|\{.*|%\w.*|\[.*|[x*.•_-]+|(?:your|my|some|the|a|change|replace|insert|example|sample|dummy|fake|placeholder|pass|user|redacted|removed|hidden|todo|none|null|undefined|process\.env|env)(?:[^a-z].*|word.*|me.*|)|changeme.*|secret|string|required|optional)$/i;

/** Everything in `text` that reads like a secret, in the order of the text. Placeholders (`<password>`, `${TOKEN}`, `changeme`) are none. */
export function secretsIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { what, shape } of shapes) {
    for (const hit of text.matchAll(shape)) {
      const value = hit[1];
      if (value !== undefined && (placeholder.test(value) || !isTelling(what, value))) continue;
      const start = hit.index + (value === undefined ? 0 : hit[0].lastIndexOf(value));
      if (found.length >= mostSecrets) break;
      const at = { start, end: start + (value ?? hit[0]).length };
      if (!found.some((other) => other.at.start < at.end && at.start < other.at.end)) found.push({ what, at });
    }
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** Prose after `token:` is no token: a value that was made has digits, or letters in both cases without being a word. */
function isTelling(what: string, value: string): boolean {
  if (what === 'an address with a password') return true;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !/^\d+(?:\.\d+)*[a-z]{0,5}$/i.test(value);
}

/** The text with every secret in it replaced: what is written by us never holds one. */
export function withoutSecrets(text: string): string {
  let result = '';
  let at = 0;
  for (const { at: span } of secretsIn(text)) {
    result += `${text.slice(at, span.start)}<removed>`;
    at = span.end;
  }
  return result + text.slice(at);
}
