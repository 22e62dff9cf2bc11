import { provideVSCodeDesignSystem, vsCodeBadge, vsCodeButton, vsCodeDivider } from '@vscode/webview-ui-toolkit';

/**
 * Registers the components that the pages use: `vscode-badge`, `vscode-button`, `vscode-divider`. Upstream has archived the
 * toolkit; nothing else imports it, so that another library with the same element names takes its place here alone.
 */
export function registerComponents(): void {
  provideVSCodeDesignSystem().register(vsCodeBadge(), vsCodeButton(), vsCodeDivider());
}
