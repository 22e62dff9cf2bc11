export interface SqlRuleParts {
  readonly dialect: 'sql';
}
