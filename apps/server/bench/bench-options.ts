import { parseArgs } from 'node:util';
import { BadOption } from './demo-options.ts';

export const caseNames = ['home', 'inbox', 'search', 'submit', 'pass'] as const;
export type CaseName = (typeof caseNames)[number];
export interface BenchOptions { readonly rows: number; readonly seconds: number; readonly pairs: number; readonly connections: number; readonly only: readonly CaseName[]; readonly json: boolean; readonly profile: string | undefined }

export const benchUsage = `npm run bench -- [选项]
五种请求：委员首页 home、专委会初审页 inbox、专委会查找 search（一、二、四个字轮流）、提交 submit、初审通过 pass。我们的服务，旁边是裸的 node:http 加手写的同样的 SQL，
同一次运行里轮流测（A B B A …），给出每秒次数之比（我们 / 裸的，各对之比的中位数）。数据是临时的，做完删去。
  DATABASE_URL=mysql://…   在 MariaDB 上测（另建两个库，做完删去）；不写：SQLite
  --rows 2000        先放进去多少件社情民意
  --seconds 3        每次测几秒
  --pairs 5          每种请求测几对
  --connections 8    同时几个连接
  --only home,pass   只测这几种
  --profile 文件夹   给我们的服务记 CPU 剖析（.cpuprofile）
  --json             结果用 JSON 输出`;

const whole = (name: string, text: string, least: number, most: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new BadOption(`--${name} 应是 ${least} 到 ${most} 的整数，现在是“${text}”`);
  return value;
};

/** @returns undefined when help was asked for @throws BadOption */
export function benchOptions(args: readonly string[]): BenchOptions | undefined {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({ args: [...args], options: {
    rows: text('2000'), seconds: text('3'), pairs: text('5'), connections: text('8'), only: text(caseNames.join()), profile: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  } });
  if (values.help) return undefined;
  const only = values.only.split(',').map((name) => {
    const known = caseNames.find((it) => it === name.trim());
    if (!known) throw new BadOption(`--only 只认 ${caseNames.join('、')}，不认“${name}”`);
    return known;
  });
  return {
    rows: whole('rows', values.rows, 100, 200_000), seconds: whole('seconds', values.seconds, 1, 60), pairs: whole('pairs', values.pairs, 1, 21), connections: whole('connections', values.connections, 1, 64),
    only, json: values.json, profile: values.profile,
  };
}
