import { channels } from '@lvzhi/domain';
import * as v from 'valibot';
import { day } from './pieces.ts';
import { route } from './route.ts';

/** `city`: 市委 and 市政府; `points` by the setting opinion.points. */
const tally = { received: v.number(), edited: v.number(), issued: v.number(), reported: v.number(), national: v.number(), provincial: v.number(), city: v.number(), department: v.number(), instructed: v.number(), points: v.number() };
/** Milliseconds from its coming in to the first review, to the issue: the middle one of those that were reviewed, issued in this time; null: none was. */
const medians = { review: v.nullable(v.number()), issue: v.nullable(v.number()) };
/** Somebody or some body that reported; `note`: a member's sector, a body's kind. */
const row = v.object({ id: v.string(), name: v.string(), note: v.string(), ...tally, ...medians });
export type TallyRow = v.InferOutput<typeof row>;

export const tallyTables = ['people', 'bodies', 'committees', 'channels'] as const;
export const tallyTime = v.object({ from: day('开始日期'), to: day('结束日期') });

export const tallies = {
  showOpinionFigures: route({ method: 'GET', path: '/figures/opinions', summary: '社情民意统计：一段时间里收到、编辑、编发、报送、采用、批示，按发生的日子算；各渠道、各反映人、各单位、各专委会；全年目标；导出在 /api/figures/opinions/:table/xlsx，通报在 /api/figures/opinions/circular',
    who: ['edit', 'check_issues', 'sign_issues'], input: tallyTime,
    output: v.object({
      from: v.string(), to: v.string(), total: v.object(tally),
      medians: v.object(medians),
      /** From the first of January to the end of the time. `goal` 0: none was set. */
      goals: v.array(v.object({ code: v.picklist(['received', 'issued', 'national', 'provincial']), words: v.string(), done: v.number(), goal: v.number() })),
      channels: v.array(v.object({ code: v.picklist(channels), name: v.string(), reported: v.number(), adopted: v.number(), single: v.number(), composite: v.number(), forwarded: v.number(), instructed: v.number() })),
      people: v.array(row), bodies: v.array(row), committees: v.array(row),
    }) }),
  showPace: route({ method: 'GET', path: '/figures/pace', summary: '近 30 天初审一般用多久，给写社情民意的人看；件数太少的不说', who: ['write_opinion'], input: v.object({}), output: v.object({ words: v.nullable(v.string()) }) }),
} as const;
