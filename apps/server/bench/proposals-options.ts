import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BadOption, whole } from './demo-options.ts';

export interface ProposalsOptions { readonly data: string | undefined; readonly seed: number; readonly limit: number; readonly parallel: number; readonly waitSeconds: number; readonly json: boolean }

export const proposalsUsage = `npm run demo:proposals -- [选项]
经 HTTP 接口演一遍半年的提案：1 月的全会和会后收到 152 件（集体提案 38 件，由党派、团体、界别、小组、专委会的账号提交），专委会初审，审定立案、并案、转社情民意、转意见建议、不予立案，
拟定单位、交办、签收、面商、会签、答复、审核、送达，委员评价；60 个承办单位没有账号的先开通。最后打印到 7 月 21 日的各项数字。
各件的办法由种子定，去向和办复情况照演示城市的画面。演示时钟从 2022 年 1 月走到 7 月，所以另起一个空的演示服务。
  --data 文件夹   服务的数据放哪里（不写：临时文件夹，做完删去）；做到一半停下，用同一个文件夹再运行就接着做；DATA_FOLDER=文件夹 npm start 打开来看
  --seed 1        种子
  --limit 0       只演其中几件（0：全部）
  --parallel 8    同时几件
  --wait 90       连不上服务时最多等几秒
  --json          结果用 JSON 输出
Ctrl-C：做完手上的几件就停。`;

/** @returns undefined when help was asked for @throws BadOption */
export function proposalsOptions(args: readonly string[]): ProposalsOptions | undefined {
  const text = { type: 'string' } as const;
  const { values } = (() => {
    try {
      return parseArgs({ args: [...args], options: { data: text, seed: { ...text, default: '1' }, limit: { ...text, default: '0' }, parallel: { ...text, default: '8' }, wait: { ...text, default: '90' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
    } catch (error) {
      throw new BadOption(error instanceof Error ? error.message : String(error));
    }
  })();
  if (values.help) return undefined;
  return {
    data: values.data === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '.', values.data), json: values.json,
    seed: whole('seed', values.seed, 0, 2 ** 31), limit: whole('limit', values.limit, 0, 152), parallel: whole('parallel', values.parallel, 1, 64), waitSeconds: whole('wait', values.wait, 1, 3600),
  };
}
