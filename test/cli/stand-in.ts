// The command line as a process of its own, with stand-in rules: for what only a process shows (pipes, exit codes).
import process from 'node:process';
import { run } from '../../src/cli/program.ts';
import { standIn } from './world.ts';

void run(process.argv.slice(2), standIn()).then((code) => {
  process.exitCode = code;
});
