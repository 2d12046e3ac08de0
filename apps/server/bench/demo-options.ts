import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Mix } from './play.ts';

export interface DemoOptions {
  readonly file: string; readonly url: string | undefined; readonly data: string | undefined; readonly state: string | undefined;
  readonly seed: number; readonly mix: Mix; readonly limit: number; readonly parallel: number; readonly run: string; readonly waitSeconds: number;
  readonly resume: boolean; readonly check: boolean; readonly json: boolean;
}
/** What is wrong with the command line, in one line. */
export class BadOption extends Error {}

export const demoUsage = `npm run demo -- 文件.jsonl [选项]
把文件里的来信（一行一个 {title, body}，可以是 .gz）当作演示委员的社情民意，经 HTTP 接口提交，再由办公室分办、各专委会初审。
  --url http://127.0.0.1:3000  正在运行的演示服务。不写：用本机 PORT（3000）上的；没有就自己起一个，做完停掉
  --data 文件夹        自己起服务时数据放哪里（不写：临时文件夹，做完删去）
  --seed 1             种子：谁来提交、怎样初审都由它定，同一种子结果相同
  --mix pass=70,return=15,not_adopted=15   初审通过、退回、不采用的比例
  --limit 0            只做前几条（0：全部）
  --parallel 8         同时几件
  --run 名称           同一个文件另交一遍（不写：同一服务上重复运行不会重复提交）
  --state 文件         进度记录放哪里（不写：.data/demo/ 下，按文件内容和种子命名）
  --resume             接着上次没做完的做
  --check              做完后到服务上核对：收下的每件都在，而且只有一件
  --wait 90            连不上服务时最多等几秒
  --json               结果用 JSON 输出
Ctrl-C：做完手上的几件就停，说明做到哪里。`;

export const whole = (name: string, text: string, least: number, most: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new BadOption(`--${name} 应是 ${least} 到 ${most} 的整数，现在是“${text}”`);
  return value;
};

const outcomes = { pass: 'passed', return: 'returned', not_adopted: 'not_adopted' } as const;

/** `pass=70,return=15,not_adopted=15`; what is not named is 0. @throws BadOption */
export function mixOf(text: string): Mix {
  const mix = { passed: 0, returned: 0, not_adopted: 0 };
  for (const part of text.split(',')) {
    const [name = '', share = ''] = part.split('=').map((it) => it.trim());
    if (!Object.hasOwn(outcomes, name)) throw new BadOption(`--mix 只认 pass、return、not_adopted，不认“${name}”`);
    mix[outcomes[name as keyof typeof outcomes]] = whole('mix', share, 0, 100);
  }
  const sum = mix.passed + mix.returned + mix.not_adopted;
  if (sum !== 100) throw new BadOption(`--mix 合计应是 100，现在是 ${sum}`);
  return mix;
}

const text = { type: 'string' } as const;
const yes = { type: 'boolean', default: false } as const;
const shared = { url: text, data: text, state: text, seed: { ...text, default: '1' }, limit: { ...text, default: '0' }, parallel: { ...text, default: '8' }, run: { ...text, default: '' }, wait: { ...text, default: '90' }, resume: yes, json: yes, help: yes };
// A path is meant from where the person stands; npm has gone to the project's root by now.
const here = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);

/** @throws BadOption with what Node says about an option that nobody knows */
function read(args: readonly string[], more: Readonly<Record<string, typeof text | typeof yes | { readonly type: 'string'; readonly default: string }>>) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { ...shared, ...more } });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

export type SharedOptions = Omit<DemoOptions, 'mix' | 'check'>;
/** What both demonstrations are asked for. @param more options that only one of them knows, with their defaults @returns undefined when help was asked for @throws BadOption */
export function sharedOptions(command: string, args: readonly string[], more: Parameters<typeof read>[1]): (SharedOptions & { readonly values: Readonly<Record<string, string | boolean | undefined>> }) | undefined {
  const { values, positionals } = read(args, more);
  if (values.help) return undefined;
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new BadOption(file === undefined ? `请给出来信文件：npm run ${command} -- 文件.jsonl` : `一次只做一个文件，多出了 ${rest.join(' ')}`);
  if (!/^[\w-]{0,16}$/.test(values.run)) throw new BadOption('--run 只用字母、数字、- 和 _，最多 16 个');
  if (values.url !== undefined && !URL.canParse(values.url)) throw new BadOption(`--url 不是网址：${values.url}`);
  return {
    values: { ...values }, file: here(file), url: values.url, data: values.data && here(values.data), state: values.state && here(values.state), run: values.run, resume: values.resume, json: values.json,
    seed: whole('seed', values.seed, 0, 999_999), limit: whole('limit', values.limit, 0, 1_000_000), parallel: whole('parallel', values.parallel, 1, 64), waitSeconds: whole('wait', values.wait, 1, 3_600),
  };
}

/** @returns undefined when help was asked for @throws BadOption */
export function demoOptions(args: readonly string[]): DemoOptions | undefined {
  const found = sharedOptions('demo', args, { mix: { ...text, default: 'pass=70,return=15,not_adopted=15' }, check: yes });
  if (!found) return undefined;
  const { values, ...options } = found;
  return { ...options, mix: mixOf(String(values['mix'])), check: values['check'] === true };
}
