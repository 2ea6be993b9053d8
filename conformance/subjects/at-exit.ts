const cleanups = new Set<() => void>();
let isWatching = false;

/**
 * Runs a clean-up when this process ends or is told to (SIGINT, SIGTERM, SIGHUP): for programs and folders that must not
 * outlive it. Gives what takes it back.
 */
export function atExit(cleanup: () => void): () => void {
  watch();
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
  };
}

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.on('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const told = () => {
      cleanUp();
      process.removeListener(signal, told);
      // Where others listen too, they decide when the process ends.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.on(signal, told);
  }
}

function cleanUp(): void {
  for (const cleanup of cleanups) {
    cleanups.delete(cleanup);
    try {
      cleanup();
    } catch {
      // The others have to be cleaned up too.
    }
  }
}
