// Bundles what ships, for Node 20.18 (the Node of the oldest VS Code we support). Plain JavaScript, so that `npm ci` can build on any Node.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { build, context } from 'esbuild';

const watch = process.argv.includes('--watch');
/** Entry points by bundle name; a room that is not there yet is left out. */
const entries = {
  extension: 'src/extension/extension.ts',
  demanded: 'src/extension/demanded.ts',
  architect: 'src/architect/main.ts',
  server: 'src/server/main.ts',
  analyst: 'src/server/analyst.ts',
  cli: 'src/cli/main.ts',
};
const options = {
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  format: 'cjs',
  // jsonc-parser's CommonJS build hides its own modules from the bundler.
  mainFields: ['module', 'main'],
  minify: !watch,
  sourcemap: watch ? 'inline' : false,
  external: ['vscode'],
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};
/** The pages run in the editor's own browser; VS Code 1.100 brings Chromium 132. */
const pages = {
  entryPoints: ['webview/report.ts', 'webview/report.css', 'webview/review.ts', 'webview/review.css'],
  outdir: 'dist',
  bundle: true,
  platform: 'browser',
  target: 'chrome132',
  format: 'iife',
  minify: !watch,
  sourcemap: watch ? 'inline' : false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await cp('node_modules/libpg-query/wasm/libpg-query.wasm', 'dist/libpg-query.wasm');
if (watch) {
  for (const each of [options, pages]) {
    const builder = await context(each);
    await builder.watch();
  }
} else {
  const built = await Promise.all([build(options), build(pages)]);
  const inputs = Object.assign({}, ...built.map(({ metafile }) => metafile.inputs));
  const outputs = Object.assign({}, ...built.map(({ metafile }) => metafile.outputs));
  await mkdir('.cache', { recursive: true });
  await writeFile('.cache/metafile.json', JSON.stringify({ inputs, outputs }));
}
