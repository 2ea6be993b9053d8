import type { Check } from '../check.js';

export const modelChecks: readonly Check[] = [];
