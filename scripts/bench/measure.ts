import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One run of a whole process: seconds of processor time (its children's too), seconds on the clock, and its peak resident memory in MiB. */
export interface Run {
  readonly cpu: number;
  readonly wall: number;
  /** Undefined where the system does not tell (it is read from /proc). */
  readonly memory: number | undefined;
  readonly exit: number;
  readonly stdout: string;
}

/** The high-water mark of the resident memory of `pid` and of what it started, in MiB. */
function peakOf(pid: number): number {
  let peak = 0;
  const pending = [pid];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    try {
      const mark = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${next}/status`, 'utf8'))?.[1];
      peak = Math.max(peak, Number(mark ?? 0) / 1024);
      pending.push(
        ...readFileSync(`/proc/${next}/task/${next}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
      );
    } catch {
      // It has ended, or there is no /proc.
    }
  }
  return peak;
}

/** Runs a command to its end. bash's `time` counts the processor time of the whole tree; the memory is sampled, its mark only rises. */
export function run(command: readonly string[], folder: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', 'TIMEFORMAT="#TIME %U %S %R"; time "$@"', 'bash', ...command], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let memory = 0;
    const sampler = setInterval(() => {
      if (child.pid !== undefined) memory = Math.max(memory, peakOf(child.pid));
    }, 15);
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (exit) => {
      clearInterval(sampler);
      const match = /#TIME ([\d.]+) ([\d.]+) ([\d.]+)/.exec(stderr);
      if (!match) return reject(new Error(`No times for: ${command.join(' ')}\n${stderr.slice(-2000)}`));
      const [, user = '', system = '', wall = ''] = match;
      return resolve({
        cpu: Number(user) + Number(system),
        wall: Number(wall),
        memory: memory > 0 ? memory : undefined,
        exit: exit ?? -1,
        stdout,
      });
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
