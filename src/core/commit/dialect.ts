import { wholeDialect } from '../whole.ts';
import { isCommitFile } from './file.ts';
import { readCommitMessage } from './message.ts';

/** Commit messages while they are written. Nothing else in `.git` is judged. */
export const commitDialect = wholeDialect({
  id: 'commit',
  title: 'Commit message',
  isFile: (file) => isCommitFile(file),
  place: () => undefined,
  lower: (text) => readCommitMessage(text),
});
