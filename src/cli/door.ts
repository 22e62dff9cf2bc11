import type { Command } from 'commander';
import type { ExitCode, World } from './check.ts';

/** What a file that adds a command is given. */
export interface CommandDoor {
  readonly program: Command;
  readonly world: World;
  done(code: ExitCode): void;
  /** Gives a command the options that all of them have. */
  described(command: Command): Command;
}
