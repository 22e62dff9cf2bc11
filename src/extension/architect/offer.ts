import { window } from 'vscode';

/** Something that can be done, by what it is called. */
export interface Choice {
  readonly label: string;
  readonly detail?: string;
  readonly run?: () => unknown;
}

/**
 * Says what is the matter and what can be done about it, where the person who ran the command is looking, and does what they choose. The first sentence
 * is the title, the others stand below it: neither is so long that it would be cut off.
 */
export async function offer(text: string, choices: readonly Choice[]): Promise<void> {
  const [title = text, ...rest] = text.split(/(?<=\.) (?=[A-Z(“])/);
  const chosen = await window.showQuickPick(choices, {
    title,
    placeHolder: rest.length === 0 ? title : rest.join(' '),
    ignoreFocusOut: true,
  });
  await chosen?.run?.();
}
