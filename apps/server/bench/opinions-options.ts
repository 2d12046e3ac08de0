import { sharedOptions, whole } from './demo-options.ts';
import type { SharedOptions } from './demo-options.ts';

export interface YearOptions extends SharedOptions { readonly days: number }

export const yearUsage = `npm run demo:opinions -- 文件.jsonl [选项]
把文件里的来信（一行一个 {title, body}，可以是 .gz）当作一年里收到的社情民意，经 HTTP 接口演一遍：委员、参加单位、镇街和信息员提交，
办公室分办，专委会初审，信息编辑领办、编辑、合并同一件事的几件，审核，签发，报送，登记采用和批示；最后打印漏斗、用时和热点。
演示的时钟会往前走 --days 天（加上办完最后几件的时间），所以默认另起一个演示服务，不动正在用的那个。
  --days 365           这些来信是多少天里收到的（7 到 366）
  --data 文件夹        自己起的服务数据放哪里（不写：临时文件夹，做完删去）；留着才能 --resume
  --url http://127.0.0.1:3000  在这个演示服务上演；它的时钟会走到一年以后，退不回来
  --seed 1             种子：谁来提交、各件怎样办都由它定
  --limit 0            只做前几条（0：全部）
  --parallel 8         同时几件
  --run 名称           同一个文件另演一遍
  --state 文件         进度记录放哪里（不写：.data/demo/ 下，按文件内容和种子命名）
  --resume             接着上次没做完的做
  --wait 90            连不上服务时最多等几秒
  --json               结果用 JSON 输出
Ctrl-C：做完手上的几件就停，说明做到哪里。`;

/** @returns undefined when help was asked for @throws BadOption */
export function yearOptions(args: readonly string[]): YearOptions | undefined {
  const found = sharedOptions('demo:opinions', args, { days: { type: 'string', default: '365' } });
  if (!found) return undefined;
  const { values, ...options } = found;
  return { ...options, days: whole('days', String(values['days']), 7, 366) };
}
