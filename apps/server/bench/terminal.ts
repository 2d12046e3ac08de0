import { BadOption } from './demo-options.ts';
import { OtherRun } from './ledger.ts';
import { GaveUp, RefusedByServer, Stopped } from './patience.ts';
import { NoStage } from './place.ts';
import { Progress } from './progress.ts';

const known = (error: unknown): error is Error => error instanceof BadOption || error instanceof NoStage || error instanceof OtherRun || error instanceof GaveUp || error instanceof RefusedByServer
  || (error instanceof Error && ['ENOENT', 'EACCES', 'EISDIR', 'Z_DATA_ERROR'].includes((error as NodeJS.ErrnoException).code ?? ''));

/**
 * Runs something long for a person at a terminal. The first Ctrl-C asks it to stop, the second ends it. Ends with what `main` gives, 1 when
 * something failed, 2 on a wrong command line, 130 when it was stopped.
 */
export function atTerminal(main: (progress: Progress, stop: AbortSignal) => Promise<number>): void {
  const [progress, stopping] = [new Progress(process.stderr), new AbortController()];
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    progress.say('\n正在停下：做完手上的几件（再按一次 Ctrl-C 立即退出）');
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  main(progress, stopping.signal).then((code) => { process.exitCode = code; }, (error: unknown) => {
    if (error instanceof Stopped) { process.exitCode = 130; return; }
    console.error(known(error) ? error.message : error);
    process.exitCode = error instanceof BadOption ? 2 : 1;
  });
}
