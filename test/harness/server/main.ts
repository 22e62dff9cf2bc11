// The server with the analyst beside this file.
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from '../../../src/server/session.ts';

const connection = createConnection(ProposedFeatures.all);
serve(connection, { analyst: fileURLToPath(new URL('analyst.ts', import.meta.url)), pages: '/pages' });
connection.listen();
