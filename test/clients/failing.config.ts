import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/clients/failing-example.ts'], testTimeout: 90_000 } });
