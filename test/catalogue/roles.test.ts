import assert from 'node:assert/strict';
import { roleOf, roles } from '../../src/catalogue/roles.ts';

describe('roles', () => {
  it('are found by slug, display name and alias, however they are spelled', () => {
    for (const role of roles)
      for (const name of [role.slug, role.name, ...role.aliases]) {
        assert.equal(roleOf(name), role, name);
        assert.equal(roleOf(`@${name.toUpperCase().replaceAll(' ', '_')}`), role, name);
      }
    assert.equal(roleOf('lead engineer')?.slug, 'lead-engineer');
    assert.equal(roleOf('Savant Architect')?.slug, 'system-architect');
  });
  it('are not found by anything else', () => {
    for (const name of ['', '-', 'lead', 'Lead Engineers', 'constructor', 'x'.repeat(100_000)])
      assert.equal(roleOf(name), undefined, name.slice(0, 20));
  });
  it('have slugs that a commit trailer can carry, and no two names mean two roles', () => {
    const names = roles.flatMap((role) => [role.slug, role.name, ...role.aliases]);
    for (const { slug } of roles) assert.match(slug, /^[a-z]+(?:-[a-z]+)*$/);
    assert.equal(new Set(roles.map(({ slug }) => slug)).size, roles.length);
    for (const name of names)
      assert.equal(roles.filter((role) => [role.slug, role.name, ...role.aliases].includes(name)).length, 1, name);
  });
});
