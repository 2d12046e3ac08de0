/** npm run demo:proposals: half a year of proposals; what it does is in apps/server/bench/proposals.main.ts. */
import { play } from './demos.js';

void play('proposals.main.ts', 'demo-proposals.js').then((code) => { process.exitCode = code; });
