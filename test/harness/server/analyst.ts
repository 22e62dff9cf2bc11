// The analyst with the shipped rules and with some that make trouble on demand, in less time than usual.
import { parentPort, workerData } from 'node:worker_threads';
import { rules } from '../../../src/catalogue/rules.generated.ts';
import { analyst } from '../../../src/server/analyst-desk.ts';
import type { Beginning, ToAnalyst } from '../../../src/server/thread.ts';
import { testRules } from './rules.ts';

const shipped = rules.filter(({ dialect, id }) => dialect !== 'openapi' || id === 'api/auth-defined');
const desk = analyst(
  [...shipped, ...testRules],
  workerData as Beginning,
  (message) => parentPort?.postMessage(message),
  {
    editMs: 800,
    firstMs: 3000,
  },
);
parentPort?.on('message', (message: ToAnalyst) => desk(message));
