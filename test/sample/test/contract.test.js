const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');

const contract = readFileSync(join(__dirname, '../docs/living/API_Spec.yaml'), 'utf8');

test('the contract names the paths that the shop serves', () => {
  for (const path of ['/customers', '/products', '/orders']) assert.ok(contract.includes(`\n  ${path}:\n`), path);
});
