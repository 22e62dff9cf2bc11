// An analyst that works on nothing and never answers again once a document whose text is `stuck` is opened; it logs each start.
import { parentPort, workerData } from 'node:worker_threads';
import type { Beginning, FromAnalyst, ToAnalyst } from '../../../src/server/thread.ts';

const send = (message: FromAnalyst): void => parentPort?.postMessage(message);
const { documents } = workerData as Beginning;
send({ kind: 'log', message: `started with ${documents.length}` });
let beats = 0;
parentPort?.on('message', (message: ToAnalyst) => {
  if (message.kind === 'beat') {
    send({ kind: 'alive' });
    send({ kind: 'log', message: `answered ${++beats}` });
  }
  if (message.kind === 'open' && message.document.text === 'stuck') for (;;) Math.sqrt(2);
});
