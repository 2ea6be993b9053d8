/** `npm run mutants`: the corpus, with --generated a random sample of what the instrumenter makes, or with --python the defects of the second driver. */
if (process.argv.includes('--generated')) {
  const { judgeGenerated } = await import('./generated/index.js');
  const { generatedOptions } = await import('./generated/options.js');
  try {
    process.exitCode = await judgeGenerated(generatedOptions(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
} else if (process.argv.includes('--python')) await import('./python/index.js');
else await import('./index.js');
