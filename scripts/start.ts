// `npm start -- [folder]`: serves VS Code with this extension, on the sample workspace unless a folder is given.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveEditor } from '../test/harness/workbench.ts';

const extension = fileURLToPath(new URL('..', import.meta.url));
const folder = resolve(process.argv[2] ?? fileURLToPath(new URL('../test/sample', import.meta.url)));
if (!existsSync(folder)) {
  console.error(`There is no ${folder}. Name a folder: npm start -- <folder>`);
  process.exitCode = 1;
} else {
  console.log('Starting VS Code; the first time it is fetched from npm …');
  const editor = await serveEditor({ folder, extensions: [extension] });
  console.log(
    `\n  ${editor.url}\n\nWhoever has this address can run commands on this machine: keep it to yourself. Ctrl-C ends it.`,
  );
  await editor.ended;
  console.error('The VS Code server has ended.');
  process.exitCode = 1;
}
