import { keyDoubt, keyProblem, readAddress } from './address.ts';
import { answerText } from './answer.ts';
import { ask, checkKey } from './ask.ts';
import { proposalsIn } from './proposals.ts';
import { prepare } from './request.ts';

/** What the extension loads when the architect is asked for the first time. */
export interface Architect {
  readonly readAddress: typeof readAddress;
  readonly keyProblem: typeof keyProblem;
  readonly keyDoubt: typeof keyDoubt;
  readonly prepare: typeof prepare;
  readonly ask: typeof ask;
  readonly checkKey: typeof checkKey;
  readonly proposalsIn: typeof proposalsIn;
  readonly answerText: typeof answerText;
}

export const architect: Architect = {
  readAddress,
  keyProblem,
  keyDoubt,
  prepare,
  ask,
  checkKey,
  proposalsIn,
  answerText,
};
