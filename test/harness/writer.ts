// A writer that is killed: it turns `file` under `root` from all a to all b and back, for ever.
import { writingUnder } from '../../src/platform/writing.ts';

const [root = '', file = '', length = '0'] = process.argv.slice(2);
const writing = writingUnder(root);
process.stdout.write('.');
for (;;) {
  await writing.change(file, (text) => (text?.startsWith('a') ? 'b' : 'a').repeat(Number(length)));
}
