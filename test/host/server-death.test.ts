import assert from 'node:assert/strict';
import { kill } from 'node:process';
import { commands } from 'vscode';
import { architect, authRule, diagnostics, head, openWith, operation, replaceAll, ruleIds, until } from './support.ts';

const auths = (all: Parameters<typeof ruleIds>[0]): number => ruleIds(all).filter((id) => id === authRule).length;

describe('server that ends', function () {
  this.timeout(60_000);

  const another = async (than: number | undefined): Promise<number> => {
    const api = await architect();
    return until(() => {
      const now = api.serverProcessId();
      return now !== undefined && now !== than && api.phase() === 'running' ? now : undefined;
    });
  };
  // Every test begins with a server that has not died yet.
  beforeEach(() => commands.executeCommand('backendArchitect.restartServer'));

  it('is started by Restart Server, with its findings', async () => {
    const before = await another(undefined);
    const uri = await openWith('host/restart.yaml', head + operation('/users'));
    await diagnostics(uri, (all) => auths(all) > 0);
    await commands.executeCommand('backendArchitect.restartServer');
    assert.notEqual(await another(before), before);
    await diagnostics(uri, (all) => auths(all) > 0);
  });

  it('comes back by itself when it is killed while somebody types, with the findings of the newest text', async () => {
    const before = await another(undefined);
    const uri = await openWith('host/killed.yaml', head + operation('/a'));
    await diagnostics(uri, (all) => auths(all) > 0);
    await replaceAll(uri, `${head}${operation('/a')}  /half`);
    kill(before, 'SIGKILL');
    await replaceAll(uri, head);
    await replaceAll(uri, `# moved\n${head}${operation('/a')}`);
    assert.notEqual(await another(before), before);
    const all = await diagnostics(uri, (now) =>
      now.some(({ code, range }) => ruleIds([{ code } as never])[0] === authRule && range.start.line === 5),
    );
    assert.ok(auths(all) > 0);
  });

  it('stays down after five deaths, until somebody restarts it', async () => {
    const api = await architect();
    const uri = await openWith('host/given-up.yaml', head + operation('/a'));
    let pid = await another(undefined);
    for (let death = 1; death <= 5; death++) {
      kill(pid, 'SIGKILL');
      if (death < 5) pid = await another(pid);
    }
    await until(() => (api.phase() === 'stopped' ? true : undefined));
    assert.equal(api.serverProcessId(), undefined);
    await commands.executeCommand('backendArchitect.restartServer');
    assert.equal(api.phase(), 'running');
    await diagnostics(uri, (all) => auths(all) > 0);
  });
});
