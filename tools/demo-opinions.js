/** npm run demo:opinions -- FILE.jsonl: a year of reports; what it does is in apps/server/bench/opinions.main.ts. */
import { play } from './demos.js';

void play('opinions.main.ts', 'demo-opinions.js').then((code) => { process.exitCode = code; });
