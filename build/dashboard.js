/** Builds the page that the simulator serves at `/` into `dist/dashboard`. */
import { join } from 'node:path';

/** Without Vite (`npm ci --omit=dev`) it does nothing and says so. */
export async function buildDashboard(root) {
  const vite = await import('vite').catch(() => undefined);
  if (vite === undefined) {
    process.stdout.write(
      'The dashboard is not built: Vite is not installed (npm ci without --omit=dev installs it).\n',
    );
    return;
  }
  await vite.build({
    configFile: false,
    root: join(root, 'simulator', 'dashboard'),
    base: '/dashboard/',
    logLevel: 'warn',
    build: {
      outDir: join(root, 'dist', 'dashboard'),
      emptyOutDir: true,
      // The content security policy allows no data in place of files.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
}
