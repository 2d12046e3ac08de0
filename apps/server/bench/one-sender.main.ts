/** One instance of the server for the fault run: answers WeChat's pushes and sends, until it is killed. Its configuration comes as JSON in LVZHI_BENCH. */
import 'reflect-metadata';
import { createApp } from '../src/app.ts';
import { Sender } from '../src/notices/sender.ts';
import { Clock } from '../src/platform/clock.ts';
import type { Config } from '../src/platform/config.ts';

const config = JSON.parse(process.env['LVZHI_BENCH'] ?? '{}') as Config;
const app = await createApp(config, new Clock(false), { demoClock: false, demoPast: false, jobs: false });
await app.listen(config.port, '127.0.0.1');
app.get(Sender).begin();
console.log('ready');
