import { AnthropicError, APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { secondsToWait } from './client.ts';

/** What went wrong, in sentences: what, and what to do next. */
export interface Trouble {
  readonly text: string;
}

/** What the sentences name. */
export interface Asked {
  /** `Anthropic`, or a host. */
  readonly to: string;
  readonly model: string;
}

/** Says what an error of the SDK, of the network or of ours means. Nothing of it holds a key: headers that were sent are never quoted. */
export function troubleOf(error: unknown, asked: Asked): Trouble {
  if (error instanceof APIConnectionTimeoutError) {
    return { text: `${asked.to} did not answer within 60 seconds, three times. Nothing was charged. Ask again later.` };
  }
  if (error instanceof APIConnectionError) return { text: unreachable(error, asked) };
  if (error instanceof APIError) {
    const about = error.requestID;
    const { text } = ofStatus(error, asked);
    const id = about === null || about === undefined ? '' : ` (Request ${plain(about, 80)}.)`;
    return { text: `${text}${id}` };
  }
  if (error instanceof Error && /without sending any chunks|ended without/.test(error.message)) {
    return { text: `${asked.to} closed the connection before an answer came. Ask again.` };
  }
  if (error instanceof Error && isNetwork(error)) return { text: `The connection to ${asked.to} broke. Ask again.` };
  // What the SDK, or we, could make nothing of.
  if (error instanceof AnthropicError || error instanceof TypeError || error instanceof SyntaxError) {
    return { text: `${asked.to} sent something that is no answer of the Messages API. ${checkAddress}` };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { text: `Something unforeseen happened: ${plain(what, 300)}. Ask again.` };
}

const checkAddress = 'Look at the setting backendArchitect.architect.baseUrl, and at what stands between.';

function ofStatus(error: APIError, { to, model }: Asked): Trouble {
  const { status, type } = error;
  const said = error.apiMessage === null ? '' : ` It says: “${plain(error.apiMessage, 300)}”`;
  const wait = error.headers === undefined ? undefined : secondsToWait(error.headers);
  switch (status ?? statusOf[type ?? '']) {
    case 400:
      if (/credit balance/i.test(said)) break;
      return { text: `${to} cannot work with the request (400).${said} Ask a shorter question, or another model.` };
    case 401:
      return {
        text: `${to} does not accept the key (401). It was revoked or not copied whole. Run Set Anthropic Key to set another.`,
      };
    case 402:
      break;
    case 403:
      return {
        text: `The key may not do this (403).${said} Ask whoever administers it, or set another key with Set Anthropic Key.`,
      };
    case 404:
      return {
        text: `${to} has no model ${model} for this key (404). Change the setting backendArchitect.architect.model.`,
      };
    case 408:
    case 504:
      return { text: `${to} ran out of time (${status ?? 504}). Ask again, or ask for less at once.` };
    case 413:
      return { text: `The request is too large for ${to} (413). Send the question alone, or a shorter one.` };
    case 429:
      return { text: `Too many questions or tokens for this key (429).${said} ${whenAgain(wait)}` };
    case 529:
      return { text: `${to} is overloaded (529). The key and the question are fine. ${whenAgain(wait)}` };
    default:
      if ((status ?? 0) >= 500 || type === 'api_error') {
        return { text: `${to} failed (${status ?? 500}).${said} ${whenAgain(wait)}` };
      }
      return { text: `${to} answered ${status ?? 'with an error'} (${type ?? 'unknown'}).${said} Ask again later.` };
  }
  return { text: `The account of this key has no credit.${said} Add credit in Anthropic's console, then ask again.` };
}

/** An error in the middle of a stream has a type and no status. */
const statusOf: Readonly<Record<string, number>> = {
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  timeout_error: 504,
  overloaded_error: 529,
};

function whenAgain(seconds: number | undefined): string {
  if (seconds === undefined) return 'Ask again in a minute.';
  if (seconds < 90) return `Ask again in ${Math.max(1, Math.ceil(seconds))} seconds.`;
  return `Ask again in ${Math.ceil(seconds / 60).toLocaleString('en-US')} minutes.`;
}

function unreachable(error: Error, { to }: Asked): string {
  const codes = codesOf(error);
  const is = (...wanted: string[]): boolean => wanted.some((code) => codes.includes(code));
  if (is('ENOTFOUND', 'EAI_AGAIN')) {
    return `${to} was not found: this machine is offline, or the name is wrong. Nothing was sent. ${checkAddress}`;
  }
  if (is('ECONNREFUSED')) return `Nothing answers at ${to}. Nothing was sent. ${checkAddress}`;
  if (codes.some((code) => /CERT|SELF_SIGNED|SSL|TLS|UNABLE_TO/.test(code))) {
    return `The certificate of ${to} is not trusted (${codes.join(', ')}). Nothing was sent. Look at what stands between, and at http.proxyStrictSSL.`;
  }
  if (codes.some((code) => code.includes('redirect'))) {
    return `${to} wanted the request sent elsewhere, which is not done. ${checkAddress}`;
  }
  const why = codes.length === 0 ? '' : ` (${plain(codes.join(', '), 120)})`;
  return `The connection to ${to} failed three times${why}. Ask again when the network is there.`;
}

/** The codes, and words about redirections, of an error and what caused it. */
function codesOf(error: Error): string[] {
  const codes: string[] = [];
  let now: unknown = error;
  for (let depth = 0; depth < 6 && now instanceof Error; depth++) {
    const { code } = now as { readonly code?: unknown };
    if (typeof code === 'string') codes.push(code);
    if (/redirect/i.test(now.message)) codes.push('redirect');
    now = now.cause;
  }
  return codes;
}

function isNetwork(error: Error): boolean {
  return (
    error.message === 'terminated' || codesOf(error).some((code) => /^(?:UND_ERR|ECONN|EPIPE|ETIMEDOUT)/.test(code))
  );
}

/** One line of somebody else's text. */
function plain(text: string, length: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length)}…`;
}
