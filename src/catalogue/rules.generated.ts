// Made by `npm run docs` from the files under rules/. Not to be edited.
import type { Rule } from '../core/rule.ts';
import apiAuthDefined from './rules/api/auth-defined.ts';
import projectConfigurationValid from './rules/project/configuration-valid.ts';
import projectDisableKnown from './rules/project/disable-known.ts';
import projectDisableReason from './rules/project/disable-reason.ts';
import projectDisableUsed from './rules/project/disable-used.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  apiAuthDefined,
  projectConfigurationValid,
  projectDisableKnown,
  projectDisableReason,
  projectDisableUsed,
];
