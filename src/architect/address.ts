/** Where requests go unless a person names another place. */
export const anthropicAddress = 'https://api.anthropic.com';

/** Where requests go, or why they do not, in a sentence that says what to do. */
export type Address =
  | { readonly baseUrl: string; /** Whom the text is sent to, as people know them. */ readonly to: string }
  | { readonly problem: string };

const setting = 'backendArchitect.architect.baseUrl';

/** Reads the base URL that a person has set. Only https, or http on this machine: a key is never sent in clear text over a network. */
export function readAddress(given: string): Address {
  const text = given.trim() === '' ? anthropicAddress : given.trim();
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { problem: `The setting ${setting} is no address. Write one that begins with https://, or empty it.` };
  }
  const here = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)) {
    return {
      problem: `The setting ${setting} would send the key in clear text. Write an address that begins with https://; http:// is allowed for this machine only.`,
    };
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return { problem: `The setting ${setting} may hold a host and a path only: no name, password, query or fragment.` };
  }
  return {
    baseUrl: url.href.replace(/\/+$/, ''),
    to: url.href === `${anthropicAddress}/` ? 'Anthropic' : url.host,
  };
}

/** Why a text cannot be a key; undefined where it can. Keys change their form: only what no key can be is refused. */
export function keyProblem(key: string): string | undefined {
  if (key === '') return 'Paste the key. It begins with sk-ant-.';
  if (/\s/.test(key)) return 'A key has no spaces or line breaks. Copy it again, alone.';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'A key has only plain letters, digits and signs. Copy it again.';
  if (key.length < 16) return `This is too short for a key: ${key.length} characters. Copy all of it.`;
  return undefined;
}

/** What is unusual about a key that may be one all the same. */
export function keyDoubt(key: string): string | undefined {
  return key.startsWith('sk-ant-') ? undefined : "Anthropic's keys begin with sk-ant-. It can be stored all the same.";
}
