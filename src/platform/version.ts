import manifest from '../../package.json' with { type: 'json' };

/** The version of the product, and so of its rules. */
export const { version } = manifest;
