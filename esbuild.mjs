// Bundles what ships, for Node 20.18 (the Node of the oldest VS Code we support). Plain JavaScript, so that `npm ci` can build on any Node.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { build, context } from 'esbuild';

const watch = process.argv.includes('--watch');
/** Entry points by bundle name; a room that is not there yet is left out. */
const entries = {
  extension: 'src/extension/extension.ts',
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

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await cp('node_modules/libpg-query/wasm/libpg-query.wasm', 'dist/libpg-query.wasm');
if (watch) {
  const builder = await context(options);
  await builder.watch();
} else {
  const { metafile } = await build(options);
  await mkdir('.cache', { recursive: true });
  await writeFile('.cache/metafile.json', JSON.stringify(metafile));
}
