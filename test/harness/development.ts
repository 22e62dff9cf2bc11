import { type Page } from 'playwright-core';

/** What a workbench is told to load in addition: the same as VS Code's `--extensionDevelopmentPath` and `--extensionTestsPath`. */
export interface Development {
  readonly extensions: readonly string[];
  readonly testsPath?: string;
}

/**
 * Gives `page` development options before it loads a workbench. The workbench reads its configuration from an attribute of the page;
 * the address bar could carry this too, but only with a server flag that suppresses all notifications.
 */
export async function injectDevelopment(page: Page, authority: string, development: Development): Promise<void> {
  const uri = (path: string): object => ({ scheme: 'vscode-remote', authority, path });
  const options = {
    logLevel: 5,
    extensions: development.extensions.map(uri),
    ...(development.testsPath === undefined ? {} : { extensionTestsPath: uri(development.testsPath) }),
  };
  // Text, because it runs in the page and its types are not those of Node.
  await page.addInitScript(`{
    const get = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = get.call(this, name);
      if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
      const configuration = JSON.parse(value);
      configuration.developmentOptions = { ...configuration.developmentOptions, ...${JSON.stringify(options)} };
      return JSON.stringify(configuration);
    };
  }`);
}
