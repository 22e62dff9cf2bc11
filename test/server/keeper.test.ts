import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type Keeper, keepAnalyst } from '../../src/server/keeper.ts';

const file = fileURLToPath(new URL('../harness/server/stuck-analyst.ts', import.meta.url));

describe('the keeper of the analyst', function () {
  this.timeout(60_000);
  let keeper: Keeper | undefined;
  afterEach(() => keeper?.stop());

  it('starts it again when it falls silent without having announced work, and gives up in the end', async () => {
    const logs: string[] = [];
    let logged = (): void => undefined;
    const until = async (fits: () => boolean): Promise<void> => {
      while (!fits()) await new Promise<void>((resolve) => (logged = resolve));
    };
    let givenUp: string | undefined;
    keeper = keepAnalyst({
      file,
      silenceMs: 2000,
      beginning: () => ({
        options: { rulePages: '', asksForReasons: false, followsReview: false, resolvesActions: false },
        folders: [],
        documents: [],
        checked: false,
        run: 'onType',
      }),
      onJudged: () => undefined,
      onStatus: () => undefined,
      onNotify: () => undefined,
      onProgress: () => undefined,
      log: (message) => {
        logs.push(message);
        logged();
      },
      onGivenUp: (reason) => {
        givenUp = reason;
        logged();
      },
    });
    const stick = (): void =>
      keeper?.tell({
        kind: 'open',
        document: { uri: 'file:///a.yaml', languageId: 'yaml', version: 1, text: 'stuck' },
      });
    const starts = (): number => logs.filter((log) => log.startsWith('started')).length;
    await until(() => starts() === 1);
    // It answers: nothing is done to it for longer than it may be silent.
    await until(() => logs.includes('answered 30'));
    assert.equal(starts(), 1);
    for (let death = 1; death < 5; death++) {
      stick();
      await until(() => starts() === death + 1);
    }
    assert.equal(givenUp, undefined);
    stick();
    await until(() => givenUp !== undefined);
    assert.match(givenUp ?? '', /^it did not answer for 2 s while it read the configuration or looked for documents/);
  });
});
