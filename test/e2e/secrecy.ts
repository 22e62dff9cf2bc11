import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a text could have got to: files, environments, connections. */

/**
 * An extension in the same extension host that writes down every connection over a network that is opened there. With a `review`, it also answers in place
 * of the server what the review of the workspace is, so that a test knows it.
 */
export function writeTrap(folder: string, log: string, review?: object): void {
  mkdirSync(folder);
  const manifest = {
    name: 'trap',
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    main: './trap.cjs',
    activationEvents: ['*'],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'trap.cjs'),
    `const net = require('node:net');
    const { appendFileSync } = require('node:fs');
    const connect = net.Socket.prototype.connect;
    net.Socket.prototype.connect = function (...args) {
      const [first] = Array.isArray(args[0]) ? args[0] : args;
      const port = typeof first === 'object' ? first.port : first;
      if (port !== undefined) appendFileSync(${JSON.stringify(log)}, String(first.host ?? '') + ':' + port + '\\n');
      return connect.apply(this, args);
    };
    const review = ${JSON.stringify(review ?? null)};
    const answerFor = (child) => {
      const send = child.send;
      child.send = (message, ...rest) => {
        if (message?.method !== 'backendArchitect/review') return send.call(child, message, ...rest);
        const result = [{ folder: 'file:///shop', review }];
        setImmediate(() => child.emit('message', { jsonrpc: '2.0', id: message.id, result }));
        rest.find((one) => typeof one === 'function')?.(null);
        return true;
      };
      return child;
    };
    if (review) {
      const processes = require('node:child_process');
      const fork = processes.fork;
      processes.fork = (...args) => answerFor(fork(...args));
      // The server may run already.
      for (const one of process._getActiveHandles()) if (one instanceof processes.ChildProcess && one.send) answerFor(one);
    }
    exports.activate = () => appendFileSync(${JSON.stringify(log)}, 'set\\n');`,
  );
  writeFileSync(log, '');
}

/** The addresses that a process is connected to over TCP, as the kernel writes them. */
export function connectionsOf(pid: number): string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => own.has(cells[9] ?? ''))
      .map((cells) => cells[2] ?? ''),
  );
}

/** The files below a folder that hold a text, and how many were looked at. */
export function filesWith(folder: string, text: string): { readonly holding: string[]; readonly looked: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const holding = entries.map(({ parentPath, name }) => join(parentPath, name)).filter((file) => holds(file, text));
  return { holding, looked: entries.length };
}

function holds(file: string, text: string): boolean {
  try {
    const bytes = readFileSync(file);
    return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
  } catch {
    // It went away meanwhile.
    return false;
  }
}

/** The processes on this machine whose environment or command line holds a text. */
export function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => [`/proc/${pid}/environ`, `/proc/${pid}/cmdline`])
    .filter((file) => holds(file, text));
}
