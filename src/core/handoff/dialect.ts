import { wholeDialect } from '../whole.ts';
import { handoffFacts } from './facts.ts';

/** Hand-off files: one in a project, where its configuration says. */
export const handoffDialect = wholeDialect({
  id: 'handoff',
  title: 'Hand-off file',
  isFile: (file, configuration) => file === configuration.handoffFile,
  place: (configuration) => configuration.handoffFile,
  lower: (text) => handoffFacts(text),
});
