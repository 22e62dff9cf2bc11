import { commands, InputBoxValidationSeverity, window } from 'vscode';
import type { Consent } from './consent.ts';
import { offer } from './offer.ts';
import { readWay, type Room } from './room.ts';

/** The only place where the key is kept: the editor's secret storage, under this name. */
const secretName = 'backendArchitect.anthropicKey';

export async function readKey({ context }: Room): Promise<string | undefined> {
  return context.secrets.get(secretName);
}

/** Asks for the key and stores it. It is sent nowhere unless the person has it checked. Returns whether one was stored. */
async function setKey(room: Room): Promise<boolean> {
  const { keyProblem, keyDoubt } = room.architect();
  const given = await window.showInputBox({
    title: 'Set Anthropic Key',
    prompt: "It is stored in this editor's secret storage, and nowhere else. You get one at console.anthropic.com.",
    placeHolder: 'sk-ant-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const key = text.trim();
      if (key === '') return undefined;
      const problem = keyProblem(key);
      if (problem !== undefined) return problem;
      const doubt = keyDoubt(key);
      return doubt === undefined ? undefined : { message: doubt, severity: InputBoxValidationSeverity.Info };
    },
  });
  const key = given?.trim() ?? '';
  if (key === '' || keyProblem(key) !== undefined) return false;
  try {
    await room.context.secrets.store(secretName, key);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await offer(`The key was not stored: this editor has no secret storage. (${why.replaceAll(key, '…')})`, [
      { label: 'Close' },
    ]);
    return false;
  }
  return true;
}

/** What a person is told who has no key. */
export const noKey = 'No key set. Everything except Ask the Architect works without one.';

/** After a key was stored: it is checked only where that is chosen. */
async function offerCheck(room: Room): Promise<void> {
  const way = readWay(room);
  const askNow = { label: 'Ask the Architect…', run: () => commands.executeCommand('backendArchitect.askArchitect') };
  const done = { label: 'Done' };
  if ('sentence' in way) {
    await offer(`The key is stored. ${way.sentence}`, [done]);
    return;
  }
  const check = {
    label: 'Check It Now',
    detail: `Asks ${way.to} for its list of models. Nothing of the workspace is sent.`,
    run: async () => {
      const apiKey = await readKey(room);
      if (apiKey === undefined) return;
      const abort = new AbortController();
      const sending = room.architect().checkKey({ ...way, apiKey }, abort.signal);
      const status = window.setStatusBarMessage(`$(loading~spin) ${way.to} is asked about the key`, sending);
      const trouble = await sending;
      status.dispose();
      if (!trouble) await offer(`The key works: ${way.to} accepts it.`, [askNow, done]);
      else await offer(trouble.text, [{ label: 'Set Another Key…', run: () => setAndOffer(room) }, done]);
    },
  };
  await offer('The key is stored.', [done, check, askNow]);
}

export async function setAndOffer(room: Room): Promise<void> {
  if (await setKey(room)) await offerCheck(room);
}

/** Forgets the key, and that anything may be sent without asking. */
export async function removeKey(room: Room, consent: Consent): Promise<void> {
  const had = (await readKey(room)) !== undefined;
  await room.context.secrets.delete(secretName);
  await consent.revoke();
  const sentence = had
    ? 'The Anthropic key was removed from this editor. It is still valid: revoke it at console.anthropic.com.'
    : 'No Anthropic key is stored in this editor.';
  await offer(sentence, [{ label: 'Done' }]);
}
