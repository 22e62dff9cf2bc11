import { type Disposable, ProgressLocation, StatusBarAlignment, Uri, ViewColumn, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Answer } from '../../architect/answer.ts';
import type { Usage } from '../../architect/ask.ts';
import type { Prepared } from '../../architect/request.ts';
import { askConsent, type Consent, type Proposed, sentWords } from './consent.ts';
import type { Documents } from './documents.ts';
import { type Gathered, gather, judge, mostProposals } from './gather.ts';
import { noKey, readKey, setAndOffer } from './key.ts';
import { offer } from './offer.ts';
import { askQuestion } from './question.ts';
import { readWay, type Room, type Way } from './room.ts';

/** Questions and their answers, one at a time. They are kept in memory while their document is open, and nowhere else. */
export interface Conversation extends Disposable {
  /** Asks for a question, shows what would be sent where `show`, asks for consent, sends, and shows the answer. */
  ask(show: boolean): Promise<void>;
  /** Stops the answer that is coming; its connection is closed at once. */
  cancel(): void;
}

interface Parts {
  readonly room: Room;
  readonly consent: Consent;
  readonly documents: Documents;
  readonly client: LanguageClient;
}

/** Where nothing has come after so many milliseconds, a notification says so and offers to cancel. */
const patienceMs = 10_000;

export function createConversation({ room, consent, documents, client }: Parts): Conversation {
  let running: { readonly abort: AbortController; readonly uri: Uri } | undefined;
  let questions = 0;
  let usage: Usage = { input: 0, output: 0, cacheWritten: 0, cacheRead: 0 };
  const item = window.createStatusBarItem('backendArchitect.answer', StatusBarAlignment.Left);
  item.name = 'Ask the Architect';
  item.text = '$(loading~spin) Claude answers: Cancel';
  item.tooltip = 'Stop the answer. What has come stays.';
  item.command = 'backendArchitect.cancelAnswer';
  const closed = documents.onClosed((uri) => {
    // Nobody reads on.
    if (uri.toString() === running?.uri.toString()) running.abort.abort();
  });

  const add = (own: Usage): void => {
    questions++;
    usage = {
      input: usage.input + own.input,
      output: usage.output + own.output,
      cacheWritten: usage.cacheWritten + own.cacheWritten,
      cacheRead: usage.cacheRead + own.cacheRead,
    };
  };

  const send = async (question: string, prepared: Prepared, way: Way, apiKey: string): Promise<void> => {
    const { ask, answerText, proposalsIn } = room.architect();
    let answer: Answer = { question, sent: sentWords(prepared), to: way.to, text: '' };
    const abort = new AbortController();
    const uri = await documents.open('Answer.md', answerText(answer));
    const own = { abort, uri };
    running = own;
    item.show();
    const waiting = patience(way.to, abort);
    const tell = (more: Partial<Answer>): void => {
      answer = { ...answer, ...more };
      documents.set(uri, () => answerText(answer));
    };
    try {
      for await (const piece of ask(prepared, { ...way, apiKey }, abort.signal)) {
        if (piece.kind === 'text') {
          waiting.end();
          const { waits: _, ...rest } = answer;
          answer = { ...rest, text: answer.text + piece.text };
          documents.set(uri, () => answerText(answer));
        } else if (piece.kind === 'counted') tell({ counted: piece.tokens });
        else if (piece.kind === 'waits') tell({ waits: waitText(way.to, piece.seconds, piece.why) });
        else {
          if (piece.ending.usage) add(piece.ending.usage);
          const { judged, others } = proposalsIn(answer.text);
          const rest = judged.slice(mostProposals).map(({ dialect }) => dialect);
          tell({
            ending: piece.ending,
            checking: judged.length > 0,
            unchecked: [...others, ...rest],
            total: { questions, usage },
          });
          if (judged.length > 0) tell({ checks: await judge(client, judged), checking: false });
        }
      }
    } finally {
      waiting.end();
      if (running === own) {
        running = undefined;
        item.hide();
      }
    }
  };
  const ask = async (show: boolean): Promise<void> => {
    const way = readWay(room);
    if ('sentence' in way) {
      await offer(way.sentence, way.choices);
      return;
    }
    if (running && !(await mayInterrupt())) return;
    if (!show && (await readKey(room)) === undefined) {
      await offer(noKey, [beginWithKey]);
      return;
    }
    // The server works while the question is written.
    const gathering: Promise<Gathered> = gather(client);
    const question = await askQuestion(way.to, consent);
    if (question === undefined) return;
    const waiting = { location: ProgressLocation.Window, title: 'Findings and review are made ready' };
    const { context, why } = await window.withProgress(waiting, () => gathering);
    const secret = await readKey(room);
    const secrets = secret === undefined ? [] : [secret];
    const { prepare } = room.architect();
    const whole = prepare(question, context, way.model, secrets);
    const alone = prepare(question, { reviews: [] }, way.model, secrets);
    const decided = await decide({ whole, alone, way, why }, show);
    if (!decided) return;
    const apiKey = await readKey(room);
    if (apiKey === undefined) await offer(noKey, [beginWithKey]);
    else await send(question, decided, way, apiKey);
  };
  const beginWithKey = {
    label: 'Set Anthropic Key…',
    detail: 'Then run Ask the Architect again. Nothing is sent before you have seen what.',
    run: () => setAndOffer(room),
  };

  /** What is to be sent; undefined where nothing is. */
  const decide = async (proposed: Proposed, show: boolean): Promise<Prepared | undefined> => {
    const { whole, alone, way } = proposed;
    if (!show && consent.isGiven(way.to)) return whole;
    if (show) await showRequest(whole);
    for (;;) {
      switch (await askConsent(proposed)) {
        case 'show':
          await showRequest(whole);
          break;
        case 'always':
          await consent.give(way.to);
          return whole;
        case 'send':
          return whole;
        case 'alone':
          return alone;
        case 'cancel':
          return undefined;
      }
    }
  };
  const showRequest = async ({ body }: Prepared): Promise<void> => {
    await documents.open('What Will Be Sent.json', `${JSON.stringify(body, null, 2)}\n`);
  };

  /** One answer at a time: asks what becomes of the one that is coming. */
  const mayInterrupt = async (): Promise<boolean> => {
    let may = false;
    await offer('An answer is still coming.', [
      {
        label: 'Show It',
        run: async () => {
          if (running) await window.showTextDocument(running.uri, { viewColumn: ViewColumn.Beside });
        },
      },
      {
        label: 'Cancel It and Ask',
        run: () => {
          running?.abort.abort();
          may = true;
        },
      },
    ]);
    return may;
  };

  return {
    ask,
    cancel: () => running?.abort.abort(),
    dispose: () => {
      running?.abort.abort();
      closed.dispose();
      item.dispose();
    },
  };
}

/** Says after a while that nothing has come yet, until `end`. */
function patience(to: string, abort: AbortController): { end(): void } {
  let done: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    done = resolve;
  });
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title: `Waiting for ${to}`, cancellable: true };
    void window.withProgress(options, async (_, token) => {
      token.onCancellationRequested(() => abort.abort());
      await ended;
    });
  }, patienceMs);
  return {
    end: () => {
      clearTimeout(timer);
      done();
    },
  };
}

function waitText(to: string, seconds: number, why: string): string {
  const after = seconds < 1 ? 'at once' : seconds === 1 ? 'in a second' : `in ${Math.ceil(seconds)} seconds`;
  return `Waiting for ${to}: ${why}. It is tried again ${after} …`;
}
