import { dirname, extname, join, resolve } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './session.ts';

// The analyst lies beside this file: analyst.ts in development, analyst.cjs in what ships.
const own = resolve(process.argv[1] ?? 'dist/server.cjs');
const folder = dirname(own);
const analyst = join(folder, `analyst${extname(own)}`);
const pages = join(folder, extname(own) === '.ts' ? '../..' : '..', 'docs', 'rules');

const connection = createConnection(ProposedFeatures.all);
serve(connection, { analyst, pages });
connection.listen();
