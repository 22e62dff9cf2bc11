import { parentPort, workerData } from 'node:worker_threads';
import { rules } from '../catalogue/rules.generated.ts';
import { analyst } from './analyst-desk.ts';
import type { Beginning, FromAnalyst, ToAnalyst } from './thread.ts';

const port = parentPort;
if (port) {
  const desk = analyst(rules, workerData as Beginning, (message: FromAnalyst) => port.postMessage(message));
  port.on('message', (message: ToAnalyst) => desk(message));
}
