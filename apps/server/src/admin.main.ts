import 'reflect-metadata';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { personNameOf } from '@lvzhi/domain';
import { firstAdmin } from './people/first-admin.ts';
import { Clock } from './platform/clock.ts';
import { withDatabase } from './platform/open-database.ts';

const usage = `npm run admin -- --login 账号 --name 姓名
建立本市第一位系统管理员，打印一次性密码（只打印这一次，首次登录要改）。已经有系统管理员的不再建立。
  --reset         已有的系统管理员忘记密码：给 --login 的账号换一个一次性密码，动态验证码重新设置，原来的登录全部退出
  --data 文件夹   数据文件夹（不写：DATABASE_URL；再没有：DATA_FOLDER 或 .data）
届次由环境变量 TERM_ID 定（不写是 t7），要和服务器的一样。`;

const root = resolve(import.meta.dirname, '../../..');
interface Asked { readonly url: string; readonly login: string; readonly name: string; readonly reset: boolean }

/** What was asked for on the command line; what to say when it makes no sense. */
function asked(): Asked | { readonly say: string; readonly code: number } {
  const { values } = parseArgs({ options: { login: { type: 'string', default: '' }, name: { type: 'string', default: '' }, data: { type: 'string' }, reset: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) return { say: usage, code: 0 };
  const [login, name, given] = [values.login.trim().toLowerCase(), personNameOf(values.name), process.env['DATABASE_URL']];
  if (!/^[a-z][a-z0-9._-]{2,31}$/.test(login)) return { say: `--login 要 3 到 32 个字符，小写字母开头，可用字母、数字、点、横线、下划线\n${usage}`, code: 2 };
  if (!values.reset && name === '') return { say: `--name 请填姓名，2 到 20 个字\n${usage}`, code: 2 };
  const url = values.data === undefined ? given ?? resolve(root, process.env['DATA_FOLDER'] ?? '.data', 'lvzhi.sqlite') : resolve(process.env['INIT_CWD'] ?? process.cwd(), values.data, 'lvzhi.sqlite');
  return { url, login, name, reset: values.reset };
}

async function main(): Promise<number> {
  const it = asked();
  if ('say' in it) {
    (it.code === 0 ? console.log : console.error)(it.say);
    return it.code;
  }
  const made = await withDatabase(it.url, (database) => firstAdmin(database, new Clock(false), { ...it, termId: process.env['TERM_ID'] ?? 't7' }));
  if ('refused' in made) {
    console.error(made.refused);
    return 1;
  }
  console.log(`账号 ${it.login}\n一次性密码 ${made.password}\n这个密码只显示这一次。请到电脑端 /desk/ 登录，改成自己的密码，再按“开始使用”一步一步办。`);
  return 0;
}

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? `没有办成：${error.message}` : error);
  process.exitCode = 2;
});
