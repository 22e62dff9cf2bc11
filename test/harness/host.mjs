#!/usr/bin/env node
// The file to pass as `vscodeExecutablePath`. Plain JavaScript, so that an old Node gets to the message.
if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(
    `The test host runs on Node 24, this is ${process.versions.node}. Start it through npm, or run \`npm rebuild node\`.`,
  );
  process.exitCode = 1;
} else {
  const { runAsExecutable } = await import('./host.ts');
  process.exitCode = await runAsExecutable(process.argv.slice(2));
  process.exit();
}
