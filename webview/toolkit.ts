import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDivider } from '@vscode/webview-ui-toolkit';

/**
 * Registers the components that the pages use: `vscode-button`, `vscode-divider`. Upstream has archived the toolkit; nothing
 * else imports it, so that another library with the same element names takes its place here alone. Its badge is left out:
 * it writes a style attribute, which the page's policy forbids.
 */
export function registerComponents(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDivider());
}
