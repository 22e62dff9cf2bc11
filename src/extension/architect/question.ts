import { type QuickInputButton, ThemeIcon, window } from 'vscode';
import type { Consent } from './consent.ts';

/** In characters. */
const longest = 20_000;

const stop: QuickInputButton = {
  iconPath: new ThemeIcon('circle-slash'),
  tooltip: 'Stop Sending Findings and Review Without Asking',
};

/** Asks for the question. Undefined where it is left. Consent that was given can be taken back here. */
export function askQuestion(to: string, consent: Consent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const box = window.createInputBox();
    box.title = 'Ask the Architect';
    box.placeholder = 'For example: which finding should be repaired first, and how?';
    box.ignoreFocusOut = true;
    const say = (): void => {
      const given = consent.isGiven(to);
      box.prompt = given
        ? `Findings and review of this workspace go to ${to} with it, without asking`
        : 'Nothing is sent before you have seen what goes with it';
      box.buttons = given ? [stop] : [];
    };
    let answer: string | undefined;
    say();
    box.onDidTriggerButton(() => void consent.revoke().then(say));
    box.onDidChangeValue((text) => {
      box.validationMessage =
        text.length <= longest
          ? ''
          : `This is too long by ${(text.length - longest).toLocaleString('en-US')} characters.`;
    });
    box.onDidAccept(() => {
      const text = box.value.trim();
      if (text === '') box.validationMessage = 'Write a question, or press Escape.';
      else if (text.length <= longest) {
        answer = text;
        box.hide();
      }
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(answer);
    });
    box.show();
  });
}
