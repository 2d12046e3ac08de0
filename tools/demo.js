/** npm run demo -- FILE.jsonl: what it does is in apps/server/bench/demo.main.ts. */
import { play } from './demos.js';

void play('demo.main.ts', 'demo.js').then((code) => { process.exitCode = code; });
