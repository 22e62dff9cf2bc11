// In place of the native @vscode/spdlog in a VS Code server that was installed without native modules: output channels are files
// written through it. Named exports one by one, because VS Code imports this file as an ES module.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

function createLogger(file) {
  mkdirSync(dirname(file), { recursive: true });
  let least = 2;
  let raw = false;
  const write = (level) => (message) => {
    if (level < least) return;
    const at = new Date().toISOString().replace('T', ' ').slice(0, -1);
    appendFileSync(file, raw ? message : `${at} [${levels[level]}] ${message}\n`);
  };
  const [trace, debug, info, warn, error, critical] = levels.map((_, level) => write(level));
  return {
    trace,
    debug,
    info,
    warn,
    error,
    critical,
    getLevel: () => least,
    setLevel: (level) => {
      least = level;
    },
    clearFormatters: () => {
      raw = true;
    },
    setPattern: () => {
      raw = false;
    },
    flush: () => {},
    drop: () => {},
  };
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (_name, file) => createLogger(file);
exports.createAsyncRotatingLogger = async (_name, file) => createLogger(file);
