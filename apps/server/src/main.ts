import 'reflect-metadata';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createApp } from './app.ts';
import { standIn } from './fake-wechat.ts';
import { Clock } from './platform/clock.ts';
import { configOf, WillNotStart } from './platform/config.ts';
import { Settings } from './platform/settings.ts';
import { serveWeb } from './platform/web.ts';
import { demoInvitation, demoPassword } from './seeding/seeding.service.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What to do about a start that failed, in one line. */
function lineFor(error: unknown): string {
  const { code = '', message = String(error) } = error instanceof Error ? error as Error & { code?: string } : {};
  if (error instanceof WillNotStart) return message;
  if (code === 'EADDRINUSE') return `端口 ${process.env['PORT'] ?? 3000} 已被占用。请换一个端口再启动：PORT=3100 npm start`;
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code)) return `数据文件夹不能写入：${message}。请检查权限，或用 DATA_FOLDER 指定别处。`;
  if (['ECONNREFUSED', 'ER_ACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ETIMEDOUT'].includes(code)) return `连不上数据库：${message}。请检查 DATABASE_URL。`;
  return `启动失败：${error instanceof Error ? error.stack ?? message : message}`;
}

/** Asked first, so that a busy port costs nobody a migration. */
const portIsFree = (port: number, host: string): Promise<void> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(port, host, () => { probe.close(() => { resolve(); }); });
});

/** A start that takes longer than people wait in the dark says what it is at. A quick one says nothing. */
const say = (what: string): void => { if (process.uptime() > 3) console.log(`  已 ${Math.round(process.uptime())} 秒，正在${what}`); };

async function start(): Promise<void> {
  const config = configOf(process.env, root);
  await portIsFree(config.port, config.host);
  const demo = config.mode === 'demo';
  const clock = new Clock(demo);
  const app = await createApp(config, clock, { demoClock: demo, demoPast: demo, jobs: true, say });
  const settings = app.get(Settings);
  if (demo) standIn(app, config, clock);
  await serveWeb(app, resolve(root, 'apps'), { city: () => settings.get('city').city, demo });
  await app.listen(config.port, config.host);
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  console.log(`履职在线已启动（${Math.round(process.uptime() * 1000)} 毫秒）\n  首页      ${url}/\n  电脑端    ${url}/desk/\n  委员端    ${url}/m/\n  接口      ${url}/api/`);
  if (demo) console.log(`  手机替身  ${url}/__fake/phone  （选一位委员，比如 陈静怡；主任可选 周明远）\n演示账号（电脑端，密码都是 ${demoPassword}）：hexiaolan 信息编辑 · zhoumingyuan 社法委主任 · zhaowenbo 委工委 · hongweimin 系统管理员\n邀请码绑定：姓名 ${demoInvitation.name}，邀请码 ${demoInvitation.code}（在手机替身里选“新微信用户”）\n演示时钟：${clock.now().toISOString()}（北京时间 ${new Date(clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}）`);
}

start().catch((error: unknown) => {
  console.error(lineFor(error));
  process.exit(1);
});
